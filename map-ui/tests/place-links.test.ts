// The crew's page gives a place to other maps in the way in which those share places with us.
import { expect, test } from 'vitest';
import { linkIn } from '../src/intake/map-link';
// @ts-expect-error: a script of the crew's page, which has no types.
import { placeLinks } from '../../vehicle-agent/src/crew/page/place-links.js';

const PLACE = { lon: 106.27491, lat: 38.470217 };

test('each map is told the place in WGS-84, and a name cannot change that', () => {
  const links = placeLinks(PLACE, '正源街 (北门) & coordinate=gcj02;coord:1,1') as [string, string][];
  expect(links.map(([key]) => key)).toEqual(['map_system', 'map_amap', 'map_baidu', 'map_tencent']);
  for (const [key, link] of links) expect([key, linkIn(link)]).toEqual([key, { at: PLACE, datum: 'wgs' }]);
});
