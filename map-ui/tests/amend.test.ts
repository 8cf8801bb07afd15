import { describe, expect, it } from 'vitest';
import type { Schemas } from '../src/api/types';
import { amendedOf, changesOf } from '../src/incident/changes';

const position = { lon: 106.23, lat: 38.48 };
const facts: Schemas['IncidentFacts'] = {
  kind: 'illness',
  priority: 'urgent',
  source: 'phone',
  accident_level: 'ordinary',
  complaint: '胸痛',
  test: false,
  scene: { address: '中山北街', position, source: 'address_search' },
  waiting: { address: '小区东门', position, source: 'map_click' },
  destination: 'NX-H1',
  appointment_at: Date.UTC(2026, 4, 1, 6, 5),
};
const found = {
  centre: 'yinchuan',
  county_en: '',
  county_zh: '',
  kind: 'poi',
  name_en: '',
  name_zh: '北门',
  position: { lon: 106.3, lat: 38.5 },
} as unknown as Schemas['PlaceFound'];

describe('amending an incident', () => {
  it('changes nothing when nothing was touched', () => {
    expect(changesOf(facts, amendedOf(facts))).toEqual({});
  });

  it('takes back what may be absent', () => {
    expect(changesOf(facts, { ...amendedOf(facts), waiting: ' ', destination: '', appointment: '' })).toEqual({
      waiting: null,
      destination: null,
      appointment_at: null,
    });
  });

  it('leaves the position where it is when only the words change, and the words when only the position does', () => {
    expect(changesOf(facts, { ...amendedOf(facts), address: '中山南街' })).toEqual({ scene_address: '中山南街' });
    expect(changesOf(facts, { ...amendedOf(facts), noPosition: true })).toEqual({ scene_point: null });
    expect(changesOf(facts, { ...amendedOf(facts), address: '北门', found })).toEqual({
      scene_address: '北门',
      scene_point: { position: found.position, source: 'address_search' },
    });
  });

  it('gives an incident without a position one, from the list, from the map or as coordinates', () => {
    const without = { ...facts, scene: { address: '鼓楼', source: 'caller_words' as const } };
    expect(changesOf(without, { ...amendedOf(without), found })).toEqual({
      scene_point: { position: found.position, source: 'address_search' },
    });
    expect(changesOf(without, { ...amendedOf(without), picked: position })).toEqual({
      scene_point: { position, source: 'map_click' },
    });
    expect(changesOf(without, { ...amendedOf(without), found: { ...found, kind: 'coordinates' } })).toEqual({
      scene_point: { position: found.position, source: 'caller_words' },
    });
  });

  it('changes what is needed of a vehicle, and takes it back', () => {
    const needs = { kind: 'neonatal' as const, equipment: ['incubator'] };
    expect(changesOf(facts, { ...amendedOf(facts), vehicleKind: 'neonatal', equipment: ['incubator'] })).toEqual({
      needs,
    });
    expect(
      changesOf({ ...facts, needs }, { ...amendedOf({ ...facts, needs }), vehicleKind: '', equipment: [] }),
    ).toEqual({ needs: null });
  });

  it('keeps the position of the waiting place under other words, and lets it go by hand, with or without them', () => {
    expect(changesOf(facts, { ...amendedOf(facts), waiting: '西门' })).toEqual({ waiting_address: '西门' });
    const wrong = { ...amendedOf(facts), waitingNoPosition: true };
    expect(changesOf(facts, { ...wrong, waiting: '西门' })).toEqual({
      waiting: { address: '西门', source: 'caller_words' },
    });
    expect(changesOf(facts, wrong)).toEqual({ waiting: { address: '小区东门', source: 'caller_words' } });
    expect(changesOf(facts, { ...wrong, waiting: '' })).toEqual({ waiting: null });
    const { waiting: _, ...without } = facts;
    expect(changesOf(without, { ...amendedOf(without), waiting: '西门' })).toEqual({ waiting_address: '西门' });
  });
});
