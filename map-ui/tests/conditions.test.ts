import { describe, expect, it } from 'vitest';
import type { RoadCondition } from '../src/api/types';
import { originFor, SPECIALITIES, specialityOf } from '../src/hospital/origin';
import { factorsInWords, groupInWords, isPlain, travelInWords } from '../src/reports/travel';
import {
  blankDraft,
  conditionFeatures,
  CORNERS_AT_MOST,
  draftFeatures,
  isDrawn,
  requestOf,
  withCorner,
  type Corner,
} from '../src/roads/draft';
import { en } from '../src/i18n/en';
import { zh } from '../src/i18n/zh';
import { golden, incident, NOON, task } from './examples';

const area: Corner[] = [
  [106, 38],
  [106.5, 38],
  [106.5, 38.5],
];

describe('drawing a closed or slow area', () => {
  it('takes corners one by one, no more than the server takes', () => {
    expect(withCorner([], { lon: 106, lat: 38 })).toEqual([[106, 38]]);
    const full = Array.from({ length: CORNERS_AT_MOST }, (): Corner => [106, 38]);
    expect(withCorner(full, { lon: 107, lat: 38 }).length).toBe(CORNERS_AT_MOST);
    expect([isDrawn({ ...blankDraft(), area: area.slice(1) }), isDrawn({ ...blankDraft(), area })]).toEqual([
      false,
      true,
    ]);
  });

  it('asks for an end by the server’s clock, and for a factor only where it is slow', () => {
    expect(requestOf({ kind: 'closed', factor: 3, area, note: ' 塌方 ', hours: 2 }, NOON)).toEqual({
      kind: 'closed',
      area,
      note: '塌方',
      until: NOON + 7_200_000,
    });
    expect(requestOf({ kind: 'slow', factor: 3, area, note: '', hours: 0 }, NOON)).toEqual({
      kind: 'slow',
      factor: 3,
      area,
      note: '',
    });
  });

  it('shows on the map what is drawn so far, and what holds, closed to a ring', () => {
    expect(draftFeatures(area.slice(1)).features.map(({ geometry }) => geometry.type)).toEqual([
      'LineString',
      'Point',
      'Point',
    ]);
    const [shape] = conditionFeatures([golden<RoadCondition>('road_condition')], ({ note }) => note).features;
    expect(shape?.properties).toEqual({ kind: 'closed', label: '黄河大桥封闭' });
    expect(shape?.geometry).toMatchObject({ type: 'Polygon', coordinates: [[...area, area[0]]] });
  });
});

describe('a hospital', () => {
  const aboard = task('c-1.t1', 'A', { at_scene: NOON, left_scene: NOON });
  it('is looked for from the scene, and from the vehicle once the patient is on board', () => {
    const at = { lon: 106, lat: 38 };
    expect(originFor(incident('c-1'), task('c-1.t1', 'A', {}), at)).toEqual({ incident: 'c-1' });
    expect(originFor(incident('c-1'), aboard, at)).toEqual(at);
    expect(originFor(incident('c-1'), aboard, null)).toEqual({ incident: 'c-1' });
  });

  it('is first asked for by what happened', () => {
    const hurt = incident('c-1', { facts: { ...incident('x').facts, kind: 'traffic_accident' } });
    expect([specialityOf(hurt), specialityOf(incident('c-1'))]).toEqual(['trauma', '']);
    expect(Object.keys(zh.vocabulary.Speciality).sort()).toEqual([...SPECIALITIES].sort());
  });
});

describe('the travel time report', () => {
  const report = golden<Parameters<typeof travelInWords>[0]>('travel_times_report');

  it('is said in plain sentences', () => {
    expect(travelInWords(report, zh)).toEqual([
      '比较了 40 次出车（估计方法：按道路计算）',
      '一般比估计慢 31 秒',
      '十次有九次，误差不超过 190 秒',
    ]);
    expect(travelInWords({ ...report, all: { ...report.all, median_error_seconds: -5 } }, en)[1]).toBe(
      'Usually 5 s faster than estimated',
    );
    expect(travelInWords({ ...report, all: { ...report.all, journeys: 0 } }, en)).toEqual([
      'No journey to compare yet',
    ]);
  });

  it('says what a correction changes, the most telling first', () => {
    const offered = golden<Parameters<typeof travelInWords>[0]>('travel_times_report_offered').offered?.profile;
    if (!offered) throw new Error('the example offers a profile');
    expect(factorsInWords(offered, zh)).toEqual(['国省道（城区） ×1.12，45 次出车', '夜间 ×0.95，60 次出车']);
    expect(factorsInWords(offered, en)[1]).toBe('By night ×0.95, 60 journeys');
    expect([isPlain(offered), isPlain({ factor: 1 }), isPlain({ factor: 1.1 })]).toEqual([false, true, false]);
  });
  it('names its groups', () =>
    expect(['hour:8', 'area:urban', 'all'].map((name) => groupInWords(name, zh))).toEqual([
      '8 时',
      '地区 城区',
      '全部',
    ]));
});
