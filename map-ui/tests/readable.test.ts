import { describe, expect, it } from 'vitest';
import { readable } from '../src/api/readable';

describe('what the server sends', () => {
  it('turns no direction of writing, wherever in it the mark stands', () => {
    const sent = JSON.stringify({
      scene: { address: '解放西街\u202e12号楼\u2066\u200f3单元\u061c' },
      note: 'ئەخمەت 12号',
      n: 1,
    });
    expect(JSON.parse(readable(sent))).toEqual({
      scene: { address: '解放西街12号楼3单元' },
      note: 'ئەخمەت 12号',
      n: 1,
    });
  });
});
