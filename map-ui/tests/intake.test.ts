import { describe, expect, it } from 'vitest';
import type { CommandRequest, Duplicate, PlaceFound } from '../src/api/types';
import { instead, linkable, withinReach } from '../src/intake/duplicates';
import { blankIntake, chosePlace, faultOf, pickedOnMap, saysMore, takeCall } from '../src/intake/form';
import { nearestPlace } from '../src/intake/nearest';
import { golden, NOON } from './examples';

const place: PlaceFound = {
  name_zh: '南门广场',
  name_en: 'Nanmen',
  kind: 'landmark',
  county_zh: '兴庆区',
  county_en: 'Xingqing District',
  position: { lon: 106.28, lat: 38.46 },
  centre: 'yinchuan',
};
const four = {
  ...blankIntake(),
  address: ' 解放西街 1 号 ',
  complaint: '胸痛 ',
  priority: 'severe' as const,
  phone: '13900000000',
};

describe('taking a call', () => {
  it('needs no more than four fields', () => {
    expect(faultOf(four)).toBeNull();
    const { centre, command } = takeCall(four, 'yinchuan', NOON);
    expect(centre).toBe('yinchuan');
    expect(command).toEqual({
      type: 'take_call',
      facts: {
        kind: 'illness',
        priority: 'severe',
        source: 'phone',
        accident_level: 'ordinary',
        scene: { address: '解放西街 1 号', source: 'caller_words' },
        complaint: '胸痛',
        test: false,
      },
      details: { began_at: NOON, caller_number: '13900000000', patient_count: 1, stretcher: false, special_needs: '' },
    });
  });

  it('carries every field that the wire knows of', () => {
    const { command } = golden<CommandRequest>('command_take_call');
    if (command.type !== 'take_call') throw new Error('the golden command is another');
    const full = {
      ...four,
      address: '兴庆区解放西街 1 号',
      position: { lon: 106.2781, lat: 38.4669 },
      positionSource: 'map_click' as const,
      seat: '3',
      sex: 'female' as const,
      age: '67',
      stretcher: true,
      beganAt: 1794999995000,
    };
    const made = takeCall(full, 'yinchuan', NOON).command;
    const { rang_at: _, ...details } = command.details;
    expect(made).toEqual({
      ...command,
      details,
      facts: { ...command.facts, scene: { ...command.facts.scene, measured_at: NOON } },
    });
  });

  it('remembers where a place came from', () => {
    expect(chosePlace(four, place, '南门广场')).toMatchObject({
      address: '南门广场',
      positionSource: 'address_search',
      owner: 'yinchuan',
      position: place.position,
    });
    expect(pickedOnMap(blankIntake(), { lon: 106, lat: 38 }, '南门附近', 'wuzhong')).toMatchObject({
      address: '南门附近',
      positionSource: 'map_click',
      owner: 'wuzhong',
    });
    expect(pickedOnMap(four, { lon: 106, lat: 38 }, '南门附近', null).address).toBe(four.address);
  });

  it('names a point of the map after the closest place, unless all are far', () => {
    const at = (name_zh: string, lon: number, layer = 'place') => ({
      geometry: { type: 'Point', coordinates: [lon, 38] },
      properties: { layer, name_zh, name_en: '' },
    });
    const features = [
      at('远村', 106.1),
      at('近村', 106.02),
      at('医院', 106, 'hospital'),
      { geometry: { type: 'LineString', coordinates: [] }, properties: { layer: 'place' } },
    ];
    expect(nearestPlace(features, 106, 38)).toMatchObject({ name_zh: '近村', km: expect.closeTo(1.75, 1) as number });
    expect(nearestPlace(features, 108, 38)).toBeNull();
  });

  it('links to an open incident only when told to', () => {
    expect(takeCall(four, 'yinchuan', NOON).command).not.toHaveProperty('link_to');
    expect(takeCall(four, 'yinchuan', NOON, { linkTo: 'yinchuan-12' }).command).toMatchObject({
      link_to: 'yinchuan-12',
    });
    expect(takeCall(four, 'yinchuan', NOON, { outcome: { outcome: 'consultation' } }).command).toMatchObject({
      outcome: { outcome: 'consultation' },
    });
  });

  it('offers a link only where the call can be linked, and says what to do elsewhere', () => {
    const open: Duplicate = {
      incident: 'yinchuan-1',
      centre: 'yinchuan',
      stage: 'suspended',
      can_link: true,
      address: '解放西街',
      age_seconds: 60,
      same_caller: false,
    };
    const ended: Duplicate = {
      ...open,
      incident: 'yinchuan-2',
      stage: 'refused',
      reason: 'not_medical',
      ended_seconds: 300,
      can_link: false,
    };
    const theirs: Duplicate = { ...open, incident: 'wuzhong-3', centre: 'wuzhong', can_link: false };
    expect([open, ended, theirs].map(instead)).toEqual(['link', 'reopen', 'tell']);
    expect(linkable([ended, theirs, open])).toEqual([open]);
  });

  it('links across centres where this seat acts for both', () => {
    const theirs: Duplicate = {
      incident: 'ningxia-1',
      centre: 'ningxia',
      stage: 'waiting',
      can_link: false,
      address: '银川火车站',
      age_seconds: 60,
      same_caller: false,
    };
    const over: Duplicate = { ...theirs, incident: 'ningxia-2', ended_seconds: 60 };
    expect(withinReach([theirs, over], ['ningxia', 'yinchuan']).map(instead)).toEqual(['link', 'reopen']);
    expect(withinReach([theirs, over], ['yinchuan']).map(instead)).toEqual(['tell', 'reopen']);
  });

  it('says what is wrong before anything is sent', () => {
    expect(faultOf(blankIntake())).toBe('addressMissing');
    expect(faultOf({ ...four, age: '200' })).toBe('badAge');
    expect(faultOf({ ...four, age: '6 7' })).toBe('badAge');
    expect(faultOf({ ...four, count: '0' })).toBe('badCount');
    // As a Chinese input method writes digits.
    const wide = { ...four, age: '６７', count: '３', vehicles: '２' };
    expect(faultOf(wide)).toBe(null);
    expect(takeCall(wide, 'yinchuan', NOON).command).toMatchObject({
      details: { patient_age_years: 67, patient_count: 3 },
      vehicles_wanted: 2,
    });
    expect(faultOf({ ...four, appointment: 'soon' })).toBe('badAppointment');
  });
});

describe('fields that are folded away', () => {
  it.each([
    { patientName: '马某' },
    { needs: '氧气' },
    { stretcher: true },
    { equipment: ['defibrillator'] },
    { count: '2' },
    { test: true },
  ])('are open where they say something: %o', (said) => {
    expect(saysMore({ ...blankIntake(), ...said })).toBe(true);
  });

  it('stay folded over what stands in the open ones', () => {
    const open = { address: '中山街', complaint: '胸痛', phone: '110', priority: 'critical', beganAt: NOON } as const;
    expect(saysMore({ ...blankIntake(), ...open })).toBe(false);
  });
});
