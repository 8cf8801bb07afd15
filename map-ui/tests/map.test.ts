import { describe, expect, it } from 'vitest';
import type { Incident, Region } from '../src/api/types';
import { Fleet } from '../src/feed/fleet';
import { isOver } from '../src/feed/state';
import { Places } from '../src/feed/whereabouts';
import { isOnMap } from '../src/map/bounds';
import { ageShort, incidentFeatures, labelFeatures, LABELS_AT_MOST } from '../src/map/features';
import { SIGNS } from '../src/map/images';
import { FLAG_OFFLINE, FLAG_OLD, FLAG_SOS, FLOATS, markers } from '../src/map/markers';
import { mercatorX, mercatorY } from '../src/map/mercator';
import { STATE_COLOUR, STATE_LETTER } from '../src/map/states';
import { zh } from '../src/i18n/zh';
import { incident, NOON, vehicle } from './examples';

function fleetOf(vehicles: ReturnType<typeof vehicle>[]): Fleet {
  const fleet = new Fleet();
  vehicles.forEach((it) => fleet.takeVehicle(it));
  return fleet;
}
const STATION = { id: 'S', position: { lon: 107, lat: 39 } };
const places = new Places({ stations: [STATION], norms_seconds: {} } as unknown as Region);
const believed = (vehicles: ReturnType<typeof vehicle>[]) => {
  const fleet = fleetOf(vehicles);
  return (it: ReturnType<typeof vehicle>) => places.whereabouts(it, fleet, NOON);
};
const at = (id: string, slot: number, lon: number, ageSeconds: number, more = {}) =>
  vehicle(id, {
    slot,
    fix: {
      position: { lon, lat: 38 },
      fix_time: NOON - ageSeconds * 1000,
      quality: 'fresh',
      speed_mps: 12,
      heading_deg: 90,
    },
    state: 'to_scene',
    ...more,
  });

describe('vehicles on the map', () => {
  const draw = (vehicles: ReturnType<typeof vehicle>[], shown = new Float32Array(1024)) =>
    markers({
      vehicles,
      fleet: fleetOf(vehicles),
      whereIs: believed(vehicles),
      selected: null,
      shown,
      origin: [mercatorX(106), mercatorY(38)],
    });

  it('are marked old past ten seconds, offline, and calling for help', () => {
    const drawn = draw([
      at('A', 1, 106, 10),
      at('B', 2, 106, 11),
      at('C', 3, 106, 0, { online: false }),
      at('D', 4, 106, 0, { sos_since: NOON }),
    ]);
    const flags = Object.fromEntries(drawn.vehicles.map(({ id }, index) => [id, drawn.rows[index * FLOATS + 6]]));
    expect(flags).toEqual({ A: 0, B: FLAG_OLD, C: FLAG_OFFLINE, D: FLAG_SOS });
    expect(drawn.old).toBe(1);
    expect(drawn.vehicles.at(-1)?.id).toBe('D');
  });

  it('glide from where they were shown to where they were measured, but a correction jumps', () => {
    const shown = new Float32Array(1024);
    shown[2] = -1e-6;
    shown[3] = 1e-9;
    const near = draw([at('A', 1, 106, 0)], shown);
    expect(near.rows[0]).toBeCloseTo(-1e-6, 9);
    expect(near.rows[2]).toBe(0);
    shown[2] = -1e-3;
    expect(draw([at('A', 1, 106, 0)], shown).rows[0]).toBe(0);
  });

  it('have no arrow while they stand, and no place without a fix', () => {
    const slow = at('A', 1, 106, 0);
    if (slow.fix) slow.fix.speed_mps = 0.4;
    const drawn = draw([slow, vehicle('B', { slot: 2, fix: null })]);
    expect(drawn.vehicles.map(({ id }) => id)).toEqual(['A']);
    expect(drawn.rows[4]).toBe(-1);
  });

  it('stand where the ranking believes them: in the station behind an old fix, with a mark on the road', () => {
    const parked = { state: 'available_at_station' as const, station: 'S' };
    const source = (it: ReturnType<typeof vehicle>) => {
      const found = believed([it])(it);
      return `${found.source} ${found.position?.lon ?? '-'}`;
    };
    expect(source(at('A', 1, 106, 300, parked))).toBe('fix 106');
    expect(source(at('A', 1, 106, 301, parked))).toBe('station 107');
    expect(source(vehicle('B', { slot: 2, fix: null, ...parked }))).toBe('station 107');
    expect(source(at('A', 1, 106, 301, { ...parked, station: 'elsewhere' }))).toBe('fix 106');
    expect(source(at('A', 1, 106, 1800))).toBe('fix 106');
    expect(source(at('A', 1, 106, 1801))).toBe('last_known 106');
    expect(source(vehicle('B', { slot: 2, fix: null, state: 'to_scene' }))).toBe('unknown -');
    expect(source(at('A', 1, 106, -29))).toBe('last_known 106');
    expect(source(at('A', 1, 106, -29, parked))).toBe('station 107');
    const undated = at('A', 1, 106, -29, { call_sign: '一' });
    const [unknown] = labelFeatures([undated], {
      whereIs: believed([undated]),
      isAbsent: () => false,
      exercise: () => '',
      selected: null,
    }).features;
    expect(unknown?.properties).toMatchObject({ label: '一 ?', old: true });
    const [label] = labelFeatures([at('A', 1, 106, 7300, { call_sign: '一' })], {
      whereIs: believed([at('A', 1, 106, 7300)]),
      isAbsent: () => false,
      exercise: () => '',
      selected: null,
    }).features;
    expect(label?.properties?.['label']).toBe('一 ?2h');
  });

  it('stand side by side at their station', () => {
    const parked = [1, 2].map((slot) => at(`V${slot}`, slot, 106, 0, { state: 'available_at_station', station: 'S' }));
    const { rows } = draw(parked);
    expect(rows[7]).not.toBe(rows[FLOATS + 7]);
  });

  it('have a colour and a letter of their own in each state', () => {
    expect(new Set(Object.values(STATE_COLOUR)).size).toBe(10);
    expect(new Set(Object.values(STATE_LETTER)).size).toBe(10);
  });

  it('are drawn ten thousand at once', () => {
    const many = Array.from({ length: 10_000 }, (_, slot) => at(`V${slot}`, slot, 106 + slot * 1e-5, 0));
    const drawn = draw(many, new Float32Array(2 * 16_384));
    expect(drawn.vehicles.length).toBe(10_000);
    expect(drawn.rows.every(Number.isFinite)).toBe(true);
  });
});

describe('labels', () => {
  const label = (vehicles: ReturnType<typeof vehicle>[]) =>
    labelFeatures(vehicles, {
      whereIs: believed(vehicles),
      isAbsent: ({ id }) => id === 'N',
      exercise: ({ id }) => (id === 'E' ? '演练' : ''),
      selected: null,
    }).features.map(({ properties }) => properties?.['label'] as string);

  it('carry the age of what is old', () =>
    expect(label([at('A', 1, 106, 12, { call_sign: '市一院01' })])).toEqual(['市一院01 12s']));

  it('say of a vehicle on an exercise that it is on one', () =>
    expect(label([at('E', 1, 106, 0, { call_sign: '市一院01' })])).toEqual(['市一院01 演练']));

  it('leave the names out when more than two hundred are in view, never the alarm', () => {
    const many = Array.from({ length: LABELS_AT_MOST + 1 }, (_, slot) => at(`V${slot}`, slot, 106, 0));
    expect(label(many)).toEqual([]);
    expect(label([...many.slice(1), at('S', 500, 106, 0, { sos_since: NOON, call_sign: '急' })])).toEqual(['急 SOS']);
  });

  it('name a vehicle that does not come, also where it stands parked among many', () => {
    const many = Array.from({ length: LABELS_AT_MOST + 1 }, (_, slot) => at(`V${slot}`, slot, 106, 0));
    expect(label([...many.slice(1), at('N', 500, 106, 0, { call_sign: '急', state: 'off_duty' })])).toEqual(['急 ■']);
  });

  it('tell an age short', () => expect([ageShort(12), ageShort(300), ageShort(9000)]).toEqual(['12s', '5m', '2h']));
});

describe('incidents on the map', () => {
  it('have a sign of their own for every stage that is not over', () => {
    const signs = Object.values(SIGNS).map(({ form, full }) => `${form} ${full}`);
    expect(new Set(signs).size).toBe(signs.length);
    const { IncidentStage } = zh.vocabulary;
    const open = (Object.keys(IncidentStage) as Incident['stage'][]).filter(
      (stage) => !isOver(incident('c', { stage })),
    );
    expect(Object.keys(SIGNS).sort()).toEqual(open.sort());
  });

  it('are drawn by stage and priority when they are open and have a place', () => {
    const placed = {
      ...incident('x').facts,
      scene: { address: 'a', source: 'map_click' as const, position: { lon: 106, lat: 38 } },
    };
    const { features } = incidentFeatures(
      [incident('c-1'), incident('c-2', { facts: placed }), incident('c-3', { facts: placed, stage: 'closed' })],
      'c-2',
      (id) => id,
    );
    expect(features.map(({ properties }) => properties)).toEqual([
      { id: 'c-2', icon: 'incident-waiting-urgent', label: 'c-2', selected: true, order: 2 },
    ]);
  });
});

describe("the region's map", () => {
  const bounds = [104.2, 35.2, 107.7, 39.4];

  it('holds its own places, edges included, and tells what lies elsewhere', () => {
    expect(isOnMap(bounds, { lon: 106.2, lat: 38.4 })).toBe(true);
    expect(isOnMap(bounds, { lon: 104.2, lat: 39.4 })).toBe(true);
    expect(isOnMap(bounds, { lon: 153.05, lat: -27.2 })).toBe(false);
    expect(isOnMap(bounds, { lon: 106.2, lat: 39.5 })).toBe(false);
    expect(isOnMap(undefined, { lon: 153.05, lat: -27.2 })).toBe(true);
  });
});
