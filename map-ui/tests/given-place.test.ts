import { describe, expect, it } from 'vitest';
import type { Position } from '../src/api/types';
import { bdToGcj, gcjToBd } from '../src/intake/bd';
import { givenIn, toWgs } from '../src/intake/datum';
import { fromGcj } from '../src/intake/gcj';

const at = { lon: 106.25, lat: 38.48 };

describe('a place that is pasted with its system named', () => {
  it.each([
    ['GCJ-02 106.25,38.48', 'gcj'],
    ['gcj02: 106.25, 38.48', 'gcj'],
    ['高德地图坐标：106.25,38.48', 'gcj'],
    ['106.25,38.48（腾讯）', 'gcj'],
    ['微信位置 106.25 38.48', 'gcj'],
    ['百度坐标 106.25,38.48', 'bd'],
    ['BD09ll 106.25,38.48', 'bd'],
    ['106.25,38.48 [BD-09]', 'bd'],
    ['WGS84 38.48N 106.25E', 'wgs'],
    ['GPS定位：北纬38.48 东经106.25', 'wgs'],
    ['CGCS2000 106.25,38.48', 'wgs'],
    ['106.25,38.48', null],
  ])('%s', (text, datum) => {
    expect(givenIn(text)).toEqual({ at, datum });
  });

  it.each(['高德 WGS84 106.25,38.48', '百度大厦', '高德路106号', '百度 12号楼3单元', ''])('not %s', (text) => {
    expect(givenIn(text)).toBeNull();
  });
});

describe("a map's link that is pasted", () => {
  it.each([
    ['geo:38.48,106.25', 'wgs'],
    ['geo:38.48,106.25,1100;u=35', 'wgs'],
    ['geo:0,0?q=38.48,106.25(%E5%AE%B6)', 'wgs'],
    ['https://uri.amap.com/marker?position=106.25,38.48&name=%E5%AE%B6', 'gcj'],
    ['https://uri.amap.com/marker?position=106.25,38.48&coordinate=wgs84', 'wgs'],
    ['https://www.amap.com/?p=B037B0KQ8V,38.48,106.25,%E5%AE%B6', 'gcj'],
    ['https://wb.amap.com/?q=38.48,106.25,%E5%AE%B6', 'gcj'],
    ['androidamap://viewMap?sourceApplication=x&poiname=a&lat=38.48&lon=106.25&dev=0', 'gcj'],
    ['iosamap://path?dlat=38.48&dlon=106.25&dev=1', 'wgs'],
    ['http://api.map.baidu.com/marker?location=38.48,106.25&title=%E5%AE%B6&output=html', 'bd'],
    ['baidumap://map/marker?location=38.48,106.25&coord_type=gcj02', 'gcj'],
    ['bdapp://map/marker?location=38.48,106.25&coord_type=wgs84', 'wgs'],
    ['https://apis.map.qq.com/uri/v1/marker?marker=coord:38.48,106.25;title:%E5%AE%B6;addr:x', 'gcj'],
    ['qqmap://map/routeplan?type=drive&tocoord=38.48,106.25', 'gcj'],
    ['https://www.openstreetmap.org/?mlat=38.48&mlon=106.25#map=16/38.48/106.25', 'wgs'],
    ['https://www.openstreetmap.org/#map=16/38.48/106.25', 'wgs'],
    ['我在这里 https://uri.amap.com/marker?position=106.25,38.48 快来', 'gcj'],
  ])('%s', (text, datum) => {
    expect(givenIn(text)).toEqual({ at, datum });
  });

  it.each([
    'https://surl.amap.com/1a2b3c',
    'https://j.map.baidu.com/s/abc',
    'https://map.baidu.com/@11838457.5,4620458.2,17z',
    'baidumap://map/marker?location=4620458,11838457&coord_type=bd09mc',
    'https://example.com/?position=106.25,38.48',
    'https://uri.amap.com/marker?position=206.25,98.48',
    'https://uri.amap.com/marker?name=x',
    'javascript:alert(1)',
    'geo:',
  ])('is no place: %s', (text) => {
    expect(givenIn(text)).toBeNull();
  });
});

describe('the systems of Chinese maps', () => {
  it('agree with the published pair of a square in Beijing', () => {
    const bd = gcjToBd({ lon: 116.404, lat: 39.915 });
    expect(bd.lon).toBeCloseTo(116.41036949371029, 9);
    expect(bd.lat).toBeCloseTo(39.92133699351021, 9);
    const wgs = fromGcj({ lon: 116.41024449916938, lat: 39.91640428150164 });
    expect(wgs.lon).toBeCloseTo(116.404, 7);
    expect(wgs.lat).toBeCloseTo(39.915, 7);
  });

  it('come back to the millimetre all over Ningxia', () => {
    const apart = (one: Position, other: Position): number =>
      Math.max(Math.abs(one.lon - other.lon), Math.abs(one.lat - other.lat));
    let [worst, worstWgs] = [0, 0];
    for (let step = 0; step < 400; step += 1) {
      const gcj = { lon: 104.2 + (step % 20) * 0.17, lat: 35.2 + Math.floor(step / 20) * 0.2 };
      worst = Math.max(worst, apart(bdToGcj(gcjToBd(gcj)), gcj));
      worstWgs = Math.max(worstWgs, apart(toWgs('bd', gcjToBd(gcj)), fromGcj(gcj)));
    }
    expect(worst).toBeLessThan(1e-8);
    expect(worstWgs).toBeLessThan(2e-8);
  });
});
