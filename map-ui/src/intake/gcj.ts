import type { Position } from '../api/types';

// Maps of Chinese makers (Amap, Tencent, WeChat) issue GCJ-02, which lies some 500 m off; ours is WGS-84. The
// published approximation of the shift, good to a few metres within China.
const AXIS = 6_378_245;
const FLATTENING = 0.006_693_421_622_965_943;
const { PI, sin, cos, sqrt, abs } = Math;

export function fromGcj(at: Position): Position {
  // The shift is asked for at the place shifted so far; it settles within a millimetre in three rounds.
  let guess = at;
  for (let round = 0; round < 3; round += 1) {
    const { lon, lat } = shift(guess);
    guess = { lon: at.lon - lon, lat: at.lat - lat };
  }
  return guess;
}

function shift({ lon, lat }: Position): Position {
  const [x, y] = [lon - 105, lat - 35];
  const common = (20 * sin(6 * x * PI) + 20 * sin(2 * x * PI)) * (2 / 3);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * sqrt(abs(x)) +
    common +
    waves(y, [20, 40, 160, 320], [1, 3, 12, 30]);
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * sqrt(abs(x)) +
    common +
    waves(x, [20, 40, 150, 300], [1, 3, 12, 30]);
  const radians = (lat / 180) * PI;
  const magic = 1 - FLATTENING * sin(radians) ** 2;
  return {
    lat: (north * 180) / (((AXIS * (1 - FLATTENING)) / (magic * sqrt(magic))) * PI),
    lon: (east * 180) / ((AXIS / sqrt(magic)) * cos(radians) * PI),
  };
}

const waves = (at: number, heights: readonly number[], lengths: readonly number[]): number =>
  heights.reduce((sum, height, index) => sum + height * sin((at / (lengths[index] ?? 1)) * PI), 0) * (2 / 3);
