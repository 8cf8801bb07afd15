import { afterEach, describe, expect, it } from 'vitest';
import type { PlaceFound } from '../src/api/types';
import { coordinatesIn } from '../src/intake/coordinates';
import {
  blankIntake,
  chosePlace,
  faultOf,
  isBlank,
  nameAsTyped,
  meant,
  takeCall,
  withoutPosition,
  wordsOnceChosen,
  type Intake,
} from '../src/intake/form';
import { takenAgain } from '../src/intake/again';
import { fromGcj } from '../src/intake/gcj';
import { fittingFirst } from '../src/intake/look-up';
import { crossHairKey } from '../src/map/cross-hair';
import { hasMoved } from '../src/rank/moved';
import { type Asking, surePlace } from '../src/intake/sure';
import { stillMeant, withName } from '../src/intake/words-of-place';
import { metresBetween } from '../src/map/geometry';
import { entered, forEntry } from '../src/time/entered';
import { zone } from '../src/time/format';
import { incident, NOON } from './examples';

const place = (name_zh: string, county_zh = '兴庆区', kind = 'landmark'): PlaceFound => ({
  name_zh,
  name_en: '',
  kind,
  county_zh,
  county_en: '',
  position: { lon: 106.2672, lat: 38.4702 },
  centre: 'yinchuan',
});
const typed = (address: string): Intake => ({ ...blankIntake(), address });

describe('words and position of an address', () => {
  it.each([
    ['北京中路128号2单元301', '北京中路', '北京中路128号2单元301'],
    ['解放西街2号楼3单元', '解放西街', '解放西街2号楼3单元'],
    ['宁夏银川市兴庆区解放西街2号', '解放西街', '宁夏银川市兴庆区解放西街2号'],
    ['人民医院3楼', '银川市第一人民医院', '银川市第一人民医院3楼'],
    ['鼓楼西侧3号楼', '鼓楼', '鼓楼西侧3号楼'],
    ['银川火', '银川火车站', '银川火车站'],
    ['yinchuan', '银川', '银川'],
    [' 解放西街 1 号 ', '南门广场', '南门广场'],
    ['附院门口', '宁夏医科大学总医院', '宁夏医科大学总医院门口'],
    ['银川１中', '银川1中', '银川１中'],
  ])('%s, choosing %s, leaves %s', (words, name, left) => {
    expect(withName(words, name)).toBe(left);
  });

  it('keeps the position under every further word, and says when words no longer fit it', () => {
    const chosen = chosePlace(typed('解放西'), place('解放西街'), '解放西街');
    expect(meant({ ...chosen, address: '解放西街2号楼3单元' })).toBe('same');
    expect(meant({ ...chosen, address: '兴庆区解放西街 2 号楼' })).toBe('same');
    expect(meant({ ...chosen, address: '解放东街2号楼' })).toBe('doubtful');
    expect(meant({ ...chosen, address: '鼓楼' })).toBe('other');
    expect(meant({ ...chosen, address: '' })).toBe('other');
    expect(takeCall({ ...chosen, address: '解放西街2号楼3单元' }, 'yinchuan', NOON).command).toMatchObject({
      facts: {
        scene: { address: '解放西街2号楼3单元', position: { lon: 106.2672, lat: 38.4702 }, source: 'address_search' },
      },
    });
  });

  it("sends how rough a kilometre of an expressway is, and keeps the caller's words for it", () => {
    const post = { ...place('G6京藏高速 K1120（约，±5公里）', '平罗县', 'kilometre_post'), error_radius_m: 5000 };
    const chosen = chosePlace(typed('京藏高速1120公里往兰州方向'), post, post.name_zh);
    expect(meant(chosen)).toBe('same');
    expect(takeCall(chosen, 'yinchuan', NOON).command).toMatchObject({
      facts: { scene: { address: '京藏高速1120公里往兰州方向', source: 'address_search', error_radius_m: 5000 } },
    });
    expect(withoutPosition(chosen).placeErrorM).toBeNull();
  });

  it('knows the place by its name in either language', () => {
    const both = { ...place('固原市人民医院'), name_en: 'Guyuan People’s Hospital' };
    const chosen = chosePlace(typed('固原市人民医院3号楼'), both, both.name_en);
    expect(chosen.address).toBe('固原市人民医院3号楼');
    expect(meant({ ...chosen, address: '固原市人民医院3号楼2单元' })).toBe('same');
    expect(meant({ ...chosen, address: '鼓楼' })).toBe('other');
  });

  it('drops the position only by itself, never with the words', () => {
    const chosen = chosePlace(typed('解放西街2号'), place('解放西街'), '解放西街');
    expect(withoutPosition(chosen)).toMatchObject({ address: '解放西街2号', position: null, owner: null });
  });

  it('leaves a point of the map where it is whatever is typed', () => {
    const picked: Intake = { ...typed('加油站对面'), position: { lon: 106, lat: 38 }, positionSource: 'map_click' };
    expect(meant({ ...picked, address: '大槐树下' })).toBe('same');
    expect(stillMeant('任何地方', '')).toBe('same');
  });
});

const centre = (id: string, name_zh: string): Asking['centres'][number] =>
  ({ id, name_zh, name_en: '' }) as Asking['centres'][number];
const centres = [centre('yinchuan', '银川市紧急救援中心'), centre('guyuan', '固原市紧急救援中心')];
const yinchuan = { centre: 'yinchuan', centres };

describe('the place that is meant without asking', () => {
  it('is the only one found, or the only one of just this name', () => {
    expect(surePlace('银川火', [place('银川火车站')], yinchuan)?.name_zh).toBe('银川火车站');
    expect(surePlace('鼓楼', [place('鼓楼'), place('鼓楼社区'), place('鼓楼南街')], yinchuan)?.name_zh).toBe('鼓楼');
    expect(surePlace('北京中路128号', [place('北京中路'), place('北京')], yinchuan)?.name_zh).toBe('北京中路');
  });

  it('is no street of another town, unless its town is named', () => {
    const street = { ...place('中山街', '原州区', 'street'), county_en: 'Yuanzhou District', centre: 'guyuan' };
    const guyuan = { centre: 'guyuan', centres };
    for (const typed of ['中山街', '中山街12号', '中山街路口']) {
      expect(surePlace(typed, [street], yinchuan)).toBeNull();
      expect(surePlace(typed, [street], { centre: 'ningxia', centres })).toBeNull();
      expect(surePlace(typed, [street], guyuan)).toBe(street);
    }
    for (const typed of ['固原中山街', '固原市中山街12号', '原州区中山街', 'Yuanzhou 中山街', '固原 中山街'])
      expect(surePlace(typed, [street], yinchuan)).toBe(street);
    // Of two roads the place is where they meet.
    const own = place('中山街', '兴庆区', 'street');
    for (const typed of ['中山街与民族街路口', '中山街、民族街', '中山街交叉口'])
      expect(surePlace(typed, [own], yinchuan)).toBeNull();
    const crossing = place('中山街与民族街路口', '兴庆区', 'crossing');
    expect(surePlace('中山街和民族街交叉口', [crossing], yinchuan)).toBe(crossing);
    expect(surePlace('中山街路口', [own], yinchuan)).toBe(own);
    // A station is one of its kind.
    expect(surePlace('固原站', [{ ...street, name_zh: '固原站', kind: 'landmark' }], yinchuan)).not.toBeNull();
  });

  it('is none where there are several', () => {
    expect(surePlace('人民医院', [place('吴忠市人民医院'), place('中卫市人民医院')], yinchuan)).toBeNull();
    expect(surePlace('新村', [place('新村', '红寺堡区'), place('新村', '海原县')], yinchuan)).toBeNull();
    expect(surePlace('鼓楼', [], yinchuan)).toBeNull();
  });
});

describe('coordinates typed as an address', () => {
  const here = { lon: expect.closeTo(106.25, 5) as number, lat: expect.closeTo(38.48, 5) as number };

  it.each([
    '106.25,38.48',
    '106.25, 38.48',
    '106.25 38.48',
    '106.25，38.48',
    '１０６．２５，３８．４８',
    '38.48,106.25',
    '38.48N 106.25E',
    'N38.48 E106.25',
    '106.25E,38.48N',
    '38.48° N, 106.25° E',
    '北纬38.48 东经106.25',
    '东经106.25度 北纬38.48度',
    '38°28′48″N 106°15′00″E',
    '北纬38°28′48″，东经106°15′',
    '38°28\'48"N 106°15\'0"E',
    '经度106.25 纬度38.48',
    'lat: 38.48 lon: 106.25',
    '纬度：38.48，经度：106.25',
  ])('%s', (text) => {
    expect(coordinatesIn(text)).toEqual(here);
  });

  it.each([
    '解放西街2号',
    '128号2单元301',
    '12',
    '106',
    '12 34',
    '106.25',
    '106.25,38.48,1100',
    '38.48N 39.1N',
    '38°75′N 106°E',
    '206.25N 38.48E',
    '',
    'G6 1123公里',
    '13900000000',
  ])('not %s', (text) => {
    expect(coordinatesIn(text)).toBeNull();
  });

  it('are WGS-84, and can be said to be of a map that shifts them', () => {
    // The station of Yinchuan lies half a kilometre off on maps in GCJ-02.
    const shifted = fromGcj({ lon: 106.167, lat: 38.489 });
    const metres = metresBetween({ lon: 106.167, lat: 38.489 }, shifted);
    expect(metres).toBeGreaterThan(300);
    expect(metres).toBeLessThan(900);
  });

  it('keep their words, as the caller said them', () => {
    const chosen = chosePlace(
      typed('106.25,38.48'),
      place('106.25000, 38.48000', 'WGS-84', 'coordinates'),
      '106.25000, 38.48000',
    );
    expect(chosen).toMatchObject({ address: '106.25,38.48', positionSource: 'caller_words', placeName: '' });
  });
});

describe('times that are typed', () => {
  afterEach(() => (zone.minutesEast = 480));

  it('are the region’s, wherever the computer believes to be', () => {
    // The test runner's own zone is set by tests/zones.test.ts; here only the region's counts.
    expect(entered('2026-12-05T09:00')).toBe(1796432400000);
    zone.minutesEast = 0;
    expect(entered('2026-12-05T09:00')).toBe(1796432400000 + 8 * 3_600_000);
  });

  it('come back as they were typed', () => {
    expect(forEntry(entered('2026-12-05T09:00'))).toBe('2026-12-05T09:00');
    expect(forEntry(entered('2026-03-29T02:30'))).toBe('2026-03-29T02:30');
  });

  it.each(['2026-02-31T09:00', '2026-12-05T24:00', 'soon', '', '2026-12-05'])('not %s', (text) => {
    expect(entered(text)).toBeNaN();
  });
});

describe('a call that is being typed', () => {
  it('is blank until something was entered', () => {
    expect(isBlank({ ...blankIntake(), beganAt: NOON })).toBe(true);
    expect(isBlank({ ...blankIntake(), phone: '1' })).toBe(false);
    expect(isBlank({ ...blankIntake(), equipment: ['ventilator'] })).toBe(false);
  });

  it('may say nothing of the place when it is about an open incident', () => {
    expect(faultOf({ ...blankIntake(), phone: '13900000000' }, true)).toBeNull();
    expect(faultOf({ ...blankIntake(), phone: '13900000000' })).toBe('addressMissing');
  });

  it('tells its own priority of an open incident only when somebody chose it', () => {
    const linked = { linkTo: 'yinchuan-12', priority: 'non_urgent' as const };
    expect(takeCall(typed('鼓楼'), 'yinchuan', NOON, linked).command).toMatchObject({
      facts: { priority: 'non_urgent' },
    });
    expect(
      takeCall({ ...typed('鼓楼'), priority: 'critical', priorityChosen: true }, 'yinchuan', NOON, linked).command,
    ).toMatchObject({ facts: { priority: 'critical' } });
  });

  it('is taken again by another centre with every word', () => {
    const was = incident('yinchuan-12', {
      facts: {
        kind: 'injury',
        priority: 'severe',
        source: 'police',
        accident_level: 'general',
        scene: { address: '红寺堡镇东街', position: { lon: 106.06, lat: 37.42 }, source: 'map_click' },
        complaint: '外伤',
        test: false,
        destination: 'NX-H1',
        appointment_at: NOON,
      },
      calls: [
        {
          id: 'yinchuan-12.c1',
          details: {
            began_at: NOON,
            caller_number: '13900000000',
            contact_name: '马',
            patient_age_years: 67,
            patient_sex: 'male',
            patient_count: 2,
            stretcher: true,
            special_needs: '电梯停运',
          },
          outcome: { outcome: 'open' },
          taken_by: { by: 'automatic', rule: 'x' },
        },
      ],
    });
    const again = takenAgain(was, 'wuzhong');
    const { centre, command } = takeCall(again, again.centre, NOON);
    expect(centre).toBe('wuzhong');
    expect(command).toMatchObject({
      facts: {
        kind: 'injury',
        priority: 'severe',
        source: 'police',
        complaint: '外伤',
        destination: 'NX-H1',
        appointment_at: NOON,
        scene: { address: '红寺堡镇东街', position: { lon: 106.06, lat: 37.42 } },
      },
      details: {
        began_at: NOON,
        caller_number: '13900000000',
        contact_name: '马',
        patient_age_years: 67,
        patient_sex: 'male',
        patient_count: 2,
        stretcher: true,
        special_needs: '电梯停运',
      },
    });
    expect(again.replaces).toBe('yinchuan-12');
  });
});

describe('picking on the map by keys', () => {
  it('moves in small steps, with Shift in big ones, and takes or leaves', () => {
    const key = (name: string, shiftKey = false) => crossHairKey({ key: name, shiftKey });
    expect([key('ArrowLeft'), key('ArrowDown', true)]).toEqual([{ move: [-20, 0] }, { move: [0, 120] }]);
    expect([key('+'), key('='), key('-')]).toEqual([{ zoom: 1 }, { zoom: 1 }, { zoom: -1 }]);
    expect([key('Enter'), key('Escape'), key('a')]).toEqual(['take', 'leave', null]);
  });
});

describe('coordinates as typed', () => {
  const read = (name_zh: string, centre: string) => ({
    name_zh,
    name_en: name_zh,
    kind: 'coordinates',
    county_zh: name_zh,
    county_en: name_zh,
    position: { lon: 106, lat: 38 },
    centre,
  });

  it('are of the system that leads into the region when only one does, else both are offered', () => {
    expect(fittingFirst([read('wgs', 'yinchuan'), read('gcj', '')]).map(({ name_zh }) => name_zh)).toEqual(['wgs']);
    expect(fittingFirst([read('wgs', ''), read('gcj', 'guyuan')]).map(({ name_zh }) => name_zh)).toEqual(['gcj']);
    expect(fittingFirst([read('wgs', 'yinchuan'), read('gcj', 'yinchuan')])).toHaveLength(2);
    expect(fittingFirst([read('wgs', ''), read('gcj', '')])).toHaveLength(2);
  });
});

describe('a ranking whose first drives', () => {
  it('is old once that vehicle has gone some hundred metres', () => {
    const at = { lon: 106.2, lat: 38.5 };
    expect(hasMoved(at, { lon: 106.201, lat: 38.5 })).toBe(false);
    expect(hasMoved(at, { lon: 106.2, lat: 38.503 })).toBe(true);
    expect([hasMoved(null, at), hasMoved(at, null)]).toEqual([false, false]);
  });
});

describe('a place chosen under words that were typed', () => {
  const road = { ...place('G6京藏高速'), kind: 'kilometre_post', name_en: 'G6 Expressway' };

  it('keeps a kilometre and coordinates as the caller said them, in a new call and in an amendment', () => {
    expect(wordsOnceChosen('G6往北1085公里', road, road.name_zh)).toBe('G6往北1085公里');
    expect(chosePlace(typed('G6往北1085公里'), road, road.name_zh).address).toBe('G6往北1085公里');
    const point = { ...place(''), kind: 'coordinates' };
    expect(wordsOnceChosen('38.48N 106.25E，羊圈旁', point, '')).toBe('38.48N 106.25E，羊圈旁');
  });

  it('names it in the script that was typed, and leaves words whole that name it in the other language', () => {
    const street = { ...place('解放西街'), name_en: 'Jiefang West Street' };
    expect(nameAsTyped('解放西', street, street.name_en)).toBe('解放西街');
    expect(nameAsTyped('jiefang', street, street.name_en)).toBe('Jiefang West Street');
    expect(wordsOnceChosen('解放西街2号楼', street, street.name_en)).toBe('解放西街2号楼');
  });
});
