import { describe, expect, it } from 'vitest';
import type { Arrival, Candidate, Route } from '../src/api/types';
import { nothingYet, reduce } from '../src/feed/state';
import { arrivesAt, arrivesIn } from '../src/rank/arrives';
import { differences, whyBefore } from '../src/rank/compare';
import { arrivalFor, arrivalSaid } from '../src/roads/arrival';
import { circle, inside, squareKilometres } from '../src/map/geometry';
import { bands, reachFeatures, windowOf, type Reach } from '../src/roads/isochrone';
import { wayFeatures, waysWanted } from '../src/roads/ways';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { golden, incident, NOON, task } from './examples';

const arrival = (id: string, seconds: number, more: Partial<Arrival> = {}): Arrival => ({
  task: id,
  vehicle: 'V',
  incident: 'c-1',
  goal: 'scene',
  arrives_at: NOON + seconds * 1000,
  metres_left: 4000,
  method: 'road',
  off_route: false,
  ...more,
});

describe('arrival times', () => {
  it('come whole from the feed, each list in place of the one before', () => {
    const { state } = reduce(nothingYet, golden('feed_arrivals'));
    expect([...state.arrivals.keys()]).toEqual(['yinchuan-12.t1']);
    expect(reduce(state, { type: 'arrivals', made_at: NOON, arrivals: [] }).state.arrivals.size).toBe(0);
  });

  it('are said with the clock, the method where it is not by road, and the norm before it is missed', () => {
    expect(arrivalSaid(arrival('t', 480), NOON, zh)).toEqual({ text: '约 8 分后到现场 12:08', method: '', late: '' });
    expect(
      arrivalSaid(arrival('t', 480, { method: 'straight_line', misses_norm_by_seconds: 120 }), NOON, zh),
    ).toMatchObject({ method: '按直线估算', late: '预计超时 2 分' });
    expect(arrivalSaid(arrival('t', 10, { off_route: true }), NOON, en).text).toBe('about to scene · off its route');
  });

  it('of an incident are the first at the scene, then the first at a hospital', () => {
    const tasks = [task('c-1.t1', 'A', { order_received: NOON }), task('c-1.t2', 'B', { order_received: NOON })];
    const known = new Map(
      [arrival('c-1.t1', 600), arrival('c-1.t2', 300), arrival('other', 1)].map((it) => [it.task, it]),
    );
    expect(arrivalFor(incident('c-1', { tasks }), known)?.task).toBe('c-1.t2');
    const served = [task('c-1.t1', 'A', { at_scene: NOON }), task('c-1.t2', 'B', { order_received: NOON })];
    expect(
      arrivalFor(
        incident('c-1', { tasks: served }),
        new Map(known).set('c-1.t1', arrival('c-1.t1', 900, { goal: 'hospital' })),
      )?.task,
    ).toBe('c-1.t1');
    expect(arrivalFor(incident('c-1'), known)).toBeNull();
  });
});

describe('ways on the map', () => {
  it('are drawn for the running tasks, and asked for anew when the goal changes or the way is left', () => {
    const bare: Route = golden('route_bare');
    expect(wayFeatures([{ route: bare, use: 'task', label: 'A' }]).features[0]?.properties).toEqual({
      use: 'task',
      label: 'A',
      method: 'straight_line',
    });
    const one = incident('c-1', {
      tasks: [
        task('c-1.t1', 'A', { order_received: NOON }),
        { ...task('c-1.t2', 'B', { order_received: NOON }), stage: 'finished' },
      ],
    });
    const known = new Map([
      ['c-1.t1', arrival('c-1.t1', 60)],
      ['c-1.t2', arrival('c-1.t2', 60)],
    ]);
    const wanted = waysWanted(one, known);
    expect(wanted.map(({ task: id, chosen }) => [id, chosen])).toEqual([['c-1.t1', true]]);
    const goalAt = (more: Partial<Arrival>): string | undefined =>
      waysWanted(one, new Map([['c-1.t1', arrival('c-1.t1', 50, more)]]))[0]?.goal;
    expect(goalAt({})).toBe(wanted[0]?.goal);
    expect(goalAt({ off_route: true })).not.toBe(wanted[0]?.goal);
    expect(goalAt({ goal: 'hospital' })).not.toBe(wanted[0]?.goal);
  });

  it('of a disaster are those of the chosen incident and of who arrives next', () => {
    const many = new Map<string, Arrival>(
      Array.from({ length: 100 }, (_, n) => [`c-2.t${n}`, arrival(`c-2.t${n}`, 1000 - n)] as const),
    );
    many.set('c-1.t1', arrival('c-1.t1', 9000));
    const wanted = waysWanted(incident('c-1', { tasks: [task('c-1.t1', 'A', { order_received: NOON })] }), many);
    expect([wanted.length, wanted.at(-1)?.task]).toEqual([41, 'c-1.t1']);
    expect(wanted.some(({ task: id }) => id === 'c-2.t99') && !wanted.some(({ task: id }) => id === 'c-2.t0')).toBe(
      true,
    );
  });
});

describe('how far one gets', () => {
  const square = (half: number): [number, number][] => [
    [106 - half, 38 - half],
    [106 + half, 38 - half],
    [106 + half, 38 + half],
    [106 - half, 38 + half],
  ];
  const reach: Reach = {
    type: 'FeatureCollection',
    features: [
      [10, 0.1],
      [5, 0.05],
    ].map(([minutes = 0, half = 0]) => ({
      type: 'Feature',
      properties: { minutes, method: 'road' as const },
      geometry: { type: 'MultiPolygon', coordinates: [[square(half)]] },
    })),
  };

  it('reads the nearest band first, with its size and what first lies within', () => {
    const places = [
      { id: 'near', position: { lon: 106, lat: 38.01 } },
      { id: 'far', position: { lon: 106.08, lat: 38 } },
      { id: 'out', position: { lon: 107, lat: 38 } },
    ];
    const found = bands(reach, places);
    expect(found.map(({ minutes, holds }) => [minutes, holds])).toEqual([
      [5, ['near']],
      [10, ['far']],
    ]);
    expect(found[0]?.squareKm).toBeCloseTo(97.7, 0);
    expect(reachFeatures(reach, String).features[0]?.properties?.['label']).toBe('10');
  });

  it('is shown whole, from its westernmost to its northernmost corner', () => {
    const [west = 0, south = 0, east = 0, north = 0] = windowOf(reach) ?? [];
    expect([east - west, north - south].map((size) => size.toFixed(3))).toEqual(['0.200', '0.200']);
    expect((east + west) / 2).toBeCloseTo(106);
    expect(windowOf({ ...reach, features: [] })).toBeNull();
  });

  it('measures a circle and its hole', () => {
    const round = circle({ lon: 106, lat: 38 }, 1000);
    expect(squareKilometres([round])).toBeCloseTo(3.1, 1);
    expect(inside({ lon: 106, lat: 38 }, [round])).toBe(true);
    expect(inside({ lon: 106, lat: 38 }, [round, circle({ lon: 106, lat: 38 }, 100)])).toBe(false);
  });
});

describe('why one vehicle stands before another', () => {
  const candidate = (
    vehicle: string,
    terms: Partial<Candidate['terms']>,
    warnings: Candidate['warnings'] = [],
  ): Candidate => {
    const all = {
      departure_delay: 60,
      travel: 300,
      wait_until_free: 0,
      capability_penalty: 0,
      coverage_lost: 0,
      other_patient: 0,
      ...terms,
    };
    const total = Object.values(all).reduce((sum, seconds) => sum + seconds, 0);
    return {
      vehicle,
      rank: 1,
      centre: 'c',
      state: 'available_at_station',
      position: { lon: 106, lat: 38 },
      distance_m: 1,
      warnings,
      terms: { ...all, total },
    };
  };

  it('is told term by term, the weightiest first', () => {
    const [a, b] = [candidate('A', { coverage_lost: 30 }), candidate('B', { travel: 420 })];
    expect(differences(a, b)).toEqual([
      { name: 'travel', seconds: 120 },
      { name: 'coverage_lost', seconds: -30 },
    ]);
    expect(whyBefore(a, b, zh)).toEqual({
      lead: 'A 比 B 合计少 90 秒，排在前',
      terms: ['B 的路程多 120 秒', 'B 的下一患者等待少 30 秒'],
    });
  });

  it('tells a vehicle that lacks something from one kept for others', () => {
    const plain = candidate('A', {});
    expect(whyBefore(plain, candidate('B', { capability_penalty: 120 }), zh).terms).toEqual([
      'B 的车型/设备不合多 120 秒 · 设备较好的车型，留给更需要的病人',
    ]);
    expect(whyBefore(plain, candidate('B', { capability_penalty: 120 }, ['not_fully_equipped']), en).terms).toEqual([
      'B: 120 s more of vehicle type · lacks what this call needs',
    ]);
  });
});

describe('a candidate', () => {
  it('is read by when it arrives; the score keeps what the ranking adds for others', () => {
    const terms = {
      departure_delay: 60,
      travel: 31,
      wait_until_free: 0,
      capability_penalty: 300,
      coverage_lost: 109,
      position_doubt: 0,
      other_patient: 0,
      total: 500,
    };
    const candidate = { terms } as unknown as Parameters<typeof arrivesIn>[0];
    expect(arrivesIn(candidate)).toBe(91);
    expect(arrivesAt(candidate, NOON)).toBe(NOON + 91_000);
  });
});
