import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetKept, keep, kept } from '../src/session/kept';

beforeEach(() => {
  const store = new Map<string, string>();
  vi.stubGlobal(
    'sessionStorage',
    new Proxy(
      {},
      {
        ownKeys: () => [...store.keys()],
        getOwnPropertyDescriptor: (_, name) =>
          store.has(String(name))
            ? { enumerable: true, configurable: true, value: store.get(String(name)) }
            : undefined,
        get: (_, name) =>
          ({
            getItem: (key: string) => store.get(key) ?? null,
            setItem: (key: string, value: string) => void store.set(key, value),
            removeItem: (key: string) => void store.delete(key),
          })[String(name)],
      },
    ),
  );
});

describe('what a seat keeps over a reload', () => {
  it('is the person’s own', () => {
    keep('li', { address: '鼓楼' });
    expect(kept('li')).toEqual({ address: '鼓楼' });
    expect(kept('wang')).toBeNull();
  });

  it('goes when another signs in, and all of it at the sign-out', () => {
    keep('li', 1);
    keep('wang', 2);
    forgetKept('wang');
    expect([kept('li'), kept('wang')]).toEqual([null, 2]);
    forgetKept();
    expect(kept('wang')).toBeNull();
  });

  it('is nothing where the browser keeps nothing', () => {
    vi.stubGlobal('sessionStorage', undefined);
    expect(() => keep('li', 1)).not.toThrow();
    expect(kept('li')).toBeNull();
    expect(() => forgetKept()).not.toThrow();
  });
});
