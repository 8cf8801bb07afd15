import { describe, expect, it } from 'vitest';
import { changesHeld, held } from '../src/queue/steady';

const rows = (text: string): string[] => [...text];

describe('rows under a hand', () => {
  it('keep their places; new ones wait below', () => {
    expect(held(rows('abc'), rows('cab')).join('')).toBe('abc');
    expect(held(rows('abc'), rows('xabc')).join('')).toBe('abcx');
    expect(held(rows('abc'), rows('ac')).join('')).toBe('abc');
    expect(held([], rows('ab')).join('')).toBe('ab');
  });

  it('are counted when they would come, go, or pass another', () => {
    expect(changesHeld(rows('abc'), rows('abc'))).toEqual([]);
    expect(changesHeld(rows('abcx'), rows('xabc'))).toContain('x');
    expect(changesHeld(rows('abc'), rows('ac'))).toEqual(['b']);
    expect(changesHeld(rows('abc'), rows('cab'))).toContain('c');
  });
});
