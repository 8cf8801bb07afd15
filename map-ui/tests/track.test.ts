import { describe, expect, it } from 'vitest';
import { assignCrew } from '../src/board/crew';
import { trackFeatures, trackRows, type PastFix } from '../src/track/track';
import { NOON, vehicle } from './examples';

const fix = (seconds: number, quality: PastFix['quality'] = 'fresh'): PastFix => ({
  position: { lon: 106 + seconds / 1e4, lat: 38 },
  fix_time: NOON + seconds * 1000,
  received_at: NOON + seconds * 1000,
  quality,
  speed_mps: 10,
});
const kinds = (fixes: PastFix[]) =>
  trackFeatures(fixes, () => '12:00:00').features.map(({ geometry, properties }) =>
    geometry.type === 'LineString'
      ? `${properties?.['late'] ? 'late' : 'line'} of ${geometry.coordinates.length}`
      : `${properties?.['quality'] ?? properties?.['time']}`,
  );

describe('a track', () => {
  it('shows late parts apart and keeps suspect fixes out of the line', () => {
    expect(kinds([fix(0), fix(1), fix(2, 'suspect'), fix(3), fix(4, 'late'), fix(5)])).toEqual([
      'line of 3',
      'late of 3',
      'suspect',
      'late',
      '12:00',
    ]);
  });

  it('draws nothing across a silence', () => {
    expect(kinds([fix(0), fix(1), fix(120), fix(121)])).toEqual(['line of 2', 'line of 2', '12:00']);
  });

  it('reads one line a minute, the newest first, doubts counted', () => {
    expect(
      trackRows([fix(0), fix(30, 'late'), fix(59, 'suspect'), fix(61)]).map(
        ({ at, fix: { fix_time }, late, suspect }) => [(at - NOON) / 1000, (fix_time - NOON) / 1000, late, suspect],
      ),
    ).toEqual([
      [60, 61, 0, 0],
      [0, 30, 1, 1],
    ]);
  });
});

describe('a crew', () => {
  it('is who has a name; without a staff number the name stands for it', () => {
    const order = assignCrew(vehicle('YC-01-1', { centre: 'yinchuan' }), [
      { name: ' 马明 ', person: '', role: 'driver' },
      { name: '', person: '', role: 'nurse' },
    ]);
    expect(order).toEqual({
      centre: 'yinchuan',
      command: { type: 'assign_crew', vehicle: 'YC-01-1', crew: [{ name: '马明', person: '马明', role: 'driver' }] },
    });
  });
});
