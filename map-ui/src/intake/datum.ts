import type { Position } from '../api/types';
import { fromBd } from './bd';
import { coordinatesIn } from './coordinates';
import { fromGcj } from './gcj';
import { linkIn } from './map-link';

// The systems in which places are read out, sent and pasted; ours is WGS-84.
export type Datum = 'wgs' | 'gcj' | 'bd';

// As it was given: in its own system, or in nobody knows which.
export interface Given {
  at: Position;
  datum: Datum | null;
}

const TO_WGS: Record<Datum, (at: Position) => Position> = { wgs: (at) => at, gcj: fromGcj, bd: fromBd };

export const toWgs = (datum: Datum, at: Position): Position => TO_WGS[datum](at);

const NAMES: [Datum, RegExp][] = [
  ['wgs', /WGS[-_ ]?(?:19)?84|CGCS[-_ ]?2000|GPS|北斗|国家2000/i],
  ['gcj', /GCJ[-_ ]?02|火星|高德|腾讯|微信|AMap|Tencent|WeChat/i],
  ['bd', /BD[-_ ]?09(?:ll)?|百度|Baidu/i],
];
// What stands around a system's name and says nothing more.
const AROUND = /坐标系?|地图|经纬度|位置|定位|coordinates?|[()（）[\]【】:：]/gi;

// A place that is given by its coordinates or by a link of a map; null when the text is anything else.
export function givenIn(text: string): Given | null {
  const link = linkIn(text);
  if (link) return link;
  const at = coordinatesIn(text);
  if (at) return { at, datum: null };
  const named = NAMES.filter(([, name]) => name.test(text));
  const [only] = named;
  if (named.length !== 1 || !only) return null;
  const [datum, name] = only;
  const rest = coordinatesIn(text.replace(name, ' ').replace(AROUND, ' '));
  return rest && { at: rest, datum };
}
