import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { barTo, mayOrder, maySupervise, type OrderType } from '../src/session/permissions';

const source = readFileSync(new URL('../../dispatch-server/src/permissions/orders.rs', import.meta.url), 'utf8');
const table = source.slice(source.indexOf('fn may_order'), source.indexOf('fn takes_calls'));
const [forCallTakers = '', forDispatchers = ''] = table.split('=> takes_calls(role)');
const named = (part: string): OrderType[] =>
  [...part.matchAll(/Command::(\w+)/g)].map(([, name = '']) => name.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase() as OrderType);

describe('what a role may order', () => {
  it('is what the server’s own table says', () => {
    expect(named(forDispatchers).length).toBeGreaterThan(10);
    for (const order of named(forCallTakers)) expect([order, mayOrder('call_taker', order), mayOrder('dispatcher', order)]).toEqual([order, true, true]);
    for (const order of named(forDispatchers)) expect([order, mayOrder('call_taker', order), mayOrder('dispatcher', order)]).toEqual([order, false, true]);
    for (const order of [...named(forCallTakers), ...named(forDispatchers)]) expect([mayOrder('administrator', order), mayOrder('hospital', order)]).toEqual([false, false]);
  });

  it('is told apart from where they may order it', () => {
    const actsFor = ['yinchuan'];
    expect(barTo('close_incident', 'yinchuan', { role: 'call_taker', actsFor })).toBe('role');
    expect(barTo('close_incident', 'wuzhong', { role: 'dispatcher', actsFor })).toBe('centre');
    expect(barTo('close_incident', 'yinchuan', { role: 'dispatcher', actsFor })).toBeNull();
    expect([maySupervise('dispatcher'), maySupervise('supervisor')]).toEqual([false, true]);
  });
});
