import { describe, expect, it } from 'vitest';
import { Twice } from '../src/commands/twice.svelte';

describe('a command that wants a second press', () => {
  let now = 0;
  const after = (twice: Twice, millis: number, what = 'this'): boolean => {
    now += millis;
    return twice.confirms(what);
  };

  it('is given by the second press of the same, and by none that is the double of the first', () => {
    const twice = new Twice(() => now);
    expect(after(twice, 0)).toBe(false);
    expect(after(twice, 180)).toBe(false);
    expect(twice.asked).toBe('this');
    expect(after(twice, 600)).toBe(true);
    expect(twice.asked).toBeNull();
  });

  it('is asked anew of another thing, and after it was let be', () => {
    const twice = new Twice(() => now);
    expect(after(twice, 0, 'one')).toBe(false);
    expect(after(twice, 900, 'other')).toBe(false);
    expect(after(twice, 900, 'one')).toBe(false);
    twice.forget();
    expect(after(twice, 900, 'one')).toBe(false);
    expect(after(twice, 900, 'one')).toBe(true);
  });
});
