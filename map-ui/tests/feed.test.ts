import { describe, expect, it } from 'vitest';
import { ENDED_KEPT, LOG_LINES, nothingYet, reduce, seenVersions, type FeedState } from '../src/feed/state';
import { changes, incident, snapshot, vehicle } from './examples';

const started = (): FeedState => reduce(nothingYet, snapshot()).state;
const next = (version: number, more: object = {}) => ({
  ...changes(),
  first_version: version,
  last_version: version,
  vehicles: [],
  log: [],
  ...more,
});

describe('the live picture', () => {
  it('is replaced whole by a snapshot', () => {
    const before = reduce(started(), next(42, { incidents: [incident('yinchuan-1')] })).state;
    const after = reduce(before, snapshot()).state;
    expect([...after.incidents.keys()]).toEqual([]);
    expect([...after.vehicles.keys()]).toEqual(['YC-01-1']);
    expect(after.service.history).toBe('degraded');
  });

  it('keeps that the disk of the server is getting full, and forgets it with the next word', () => {
    const told = reduce(started(), {
      type: 'service',
      journal: 'working',
      history: 'working',
      space: 'degraded',
    }).state;
    expect(told.service.space).toBe('degraded');
    const later = reduce(told, { type: 'service', journal: 'working', history: 'working' }).state;
    expect(later.service.space).toBeUndefined();
  });

  it('takes the next change and counts on from it', () => {
    const { state, missed } = reduce(started(), next(42, { incidents: [incident('yinchuan-12')] }));
    expect(missed).toBe(false);
    expect(state.incidents.get('yinchuan-12')?.stage).toBe('waiting');
    expect(seenVersions(state)).toEqual([{ centre: 'yinchuan', version: 42 }]);
  });

  it('keeps what it has when a change is told again', () => {
    const state = started();
    expect(reduce(state, changes()).state).toBe(state);
  });

  it('notices that something was missed and changes nothing', () => {
    const state = started();
    expect(reduce(state, next(43, { vehicles_gone: ['YC-01-1'] }))).toEqual({ state, missed: true });
  });

  it('takes from overlapping changes only the log lines that are new', () => {
    const line = changes().log[0]!;
    const told = { ...next(42), first_version: 40, log: [40, 41, 42].map((version) => ({ ...line, version })) };
    expect(reduce(started(), told).state.log.map(({ version }) => version)).toEqual([41, 42]);
  });

  it('counts each centre by itself, and a centre never heard of starts at one', () => {
    const { state, missed } = reduce(started(), next(1, { centre: 'wuzhong' }));
    expect(missed).toBe(false);
    expect(state.versions.get('yinchuan')).toBe(41);
    expect(state.versions.get('wuzhong')).toBe(1);
  });

  it('keeps a lent vehicle when the giver speaks after the taker', () => {
    const taken = reduce(
      started(),
      next(1, { centre: 'wuzhong', vehicles: [vehicle('YC-01-1', { centre: 'wuzhong' })] }),
    ).state;
    const given = reduce(taken, next(42, { vehicles_gone: ['YC-01-1'] })).state;
    expect(given.vehicles.get('YC-01-1')?.centre).toBe('wuzhong');
  });

  it('lets a vehicle go that left', () => {
    expect(reduce(started(), next(42, { vehicles_gone: ['YC-01-1'] })).state.vehicles.size).toBe(0);
  });

  it('shows a link that went', () => {
    const { state } = reduce(started(), { type: 'link', vehicle: 'YC-01-1', online: false, since: 1 });
    expect(state.vehicles.get('YC-01-1')?.online).toBe(false);
  });

  it('begins anew at a server that has less than was seen, something else, or another journal', () => {
    const seen = reduce(started(), next(70, { first_version: 42, last_hash: 'aa' })).state;
    expect(seenVersions(seen)).toEqual([{ centre: 'yinchuan', version: 70, hash: 'aa' }]);
    const caughtUp = (version: number, hash?: string, epoch = 'e-1') =>
      reduce(seen, {
        type: 'caught_up',
        epoch,
        server_time: 1,
        versions: [{ centre: 'yinchuan', version, ...(hash && { hash }) }],
      });
    for (const told of [caughtUp(64), caughtUp(70, 'bb'), caughtUp(70, 'aa', 'e-2')]) {
      expect(told.missed).toBe(true);
      expect(told.state.epoch).toBe(null);
    }
    for (const told of [caughtUp(70, 'aa'), caughtUp(70), caughtUp(71, 'cc')]) expect(told.missed).toBe(false);
  });

  it('keeps when positions were lost with their file', () => {
    const at = 1_795_000_000_000;
    const told = { type: 'service', journal: 'working', history: 'working', positions_lost_at: at } as const;
    expect(reduce(started(), told).state.service.positions_lost_at).toBe(at);
  });

  it("shows the journal's set-backs and the centres that stand still", () => {
    const set_backs = [{ centre: 'yinchuan', at: 1, from_version: 70, to_version: 64, incidents: ['yinchuan-4'] }];
    const { state } = reduce(started(), {
      type: 'service',
      journal: 'working',
      history: 'working',
      set_backs,
      standing_still: ['wuzhong'],
      without_centre: ['YC-99-1'],
    });
    expect(state.service.without_centre).toEqual(['YC-99-1']);
    expect(state.service.set_backs).toEqual(set_backs);
    expect(state.service.standing_still).toEqual(['wuzhong']);
  });

  it('stays bounded through a long shift', () => {
    let state = started();
    const line = changes().log[0]!;
    for (let version = 42; version < 42 + 900; version += 1) {
      const ended = incident(`yinchuan-${version}`, { stage: 'closed', ended_at: version });
      state = reduce(state, next(version, { incidents: [ended], log: [{ ...line, version }] })).state;
    }
    expect(state.incidents.size).toBe(ENDED_KEPT);
    expect(state.incidents.has('yinchuan-941')).toBe(true);
    expect(state.log.length).toBe(LOG_LINES);
  });
});
