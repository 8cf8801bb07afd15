import { describe, expect, it } from 'vitest';
import { COMMAND_ATTEMPTS, sendCommand, type Sender } from '../src/api/commands';
import { Refusal } from '../src/api/http';
import type { CommandAnswer, CommandRequest, Candidate, Recommendation } from '../src/api/types';
import { backoffMillis } from '../src/feed/backoff';
import {
  abort,
  close,
  confirmed,
  correct,
  dispatch,
  giveFollowOn,
  offerOf,
  recordMilestone,
  divert,
  sendCandidate,
} from '../src/commands/commands';
import { spokenTerms } from '../src/rank/terms';
import { zh } from '../src/i18n/zh';
import { golden, incident, NOON, task } from './examples';

const candidate = (vehicle: string, rank: number, total: number, taken?: string): Candidate => ({
  vehicle,
  rank,
  centre: 'yinchuan',
  state: 'available_at_station',
  position: { lon: 106, lat: 38 },
  distance_m: 900,
  terms: {
    departure_delay: 60,
    travel: total - 60,
    wait_until_free: 0,
    capability_penalty: 0,
    coverage_lost: 0,
    other_patient: 0,
    total,
  },
  ...(taken === undefined ? {} : { taken_from_task: taken }),
});
const ranking: Recommendation = {
  made_at: NOON,
  method: 'straight_line',
  candidates: [candidate('YC-01-1', 1, 472)],
  rejected: [],
};
const sent = (name: string) => golden<CommandRequest>(`command_${name}`).command;

describe('orders', () => {
  it('are those of the wire', () => {
    expect(dispatch(incident('yinchuan-12'), ['YC-01-1'], ranking).command).toEqual(sent('dispatch_vehicles'));
    expect(divert('YC-01-1', incident('yinchuan-13'), 'higher_priority', '电话确认').command).toEqual(
      sent('divert_vehicle'),
    );
    expect(recordMilestone('yinchuan', task('yinchuan-12.t1', 'YC-01-1', {}), 'departed').command).toEqual(
      sent('record_milestone'),
    );
    expect(
      correct('yinchuan', task('yinchuan-12.t1', 'YC-01-1', {}), 'at_scene', 1795000600000, '电话确认').command,
    ).toEqual(sent('correct_milestone'));
  });

  it('divert a vehicle that serves another patient, and dispatch one that does not', () => {
    expect(
      sendCandidate(incident('yinchuan-13'), candidate('YC-01-1', 1, 472, 'yinchuan-12.t1'), ranking).command.type,
    ).toBe('divert_vehicle');
    expect(sendCandidate(incident('yinchuan-13'), candidate('YC-01-1', 1, 472), ranking).command.type).toBe(
      'dispatch_vehicles',
    );
  });

  it('borrow a vehicle of another centre before it can be sent', () => {
    expect(sendCandidate(incident('wuzhong-7'), candidate('YC-01-1', 1, 472), ranking)).toEqual({
      centre: 'yinchuan',
      command: { type: 'lend_vehicle', vehicle: 'YC-01-1', to: 'wuzhong' },
    });
  });

  it('promise a vehicle that is still at a hospital', () => {
    expect(giveFollowOn('YC-01-1', incident('yinchuan-12')).command).toEqual(sent('give_follow_on'));
    const finishing: Candidate = { ...candidate('YC-01-1', 1, 900), state: 'at_hospital' };
    expect(sendCandidate(incident('yinchuan-12'), finishing, ranking).command.type).toBe('give_follow_on');
  });

  it('of the release before are given again, knowingly, only where its refusal asks back', () => {
    const order = abort('yinchuan', task('yinchuan-12.t1', 'YC-01-1', {}), 'road_blocked');
    expect(confirmed(order, 'crew_out_of_touch')?.command).toEqual({ ...order.command, confirmed: true });
    expect(confirmed(order, 'task_over')).toBeNull();
    expect(confirmed(close(incident('yinchuan-12')), 'crew_out_of_touch')).toBeNull();
  });

  it('record the head of the offer, at most eight', () => {
    const many = {
      ...ranking,
      candidates: Array.from({ length: 20 }, (_, index) => candidate(`YC-${index}`, index + 1, 400 + index)),
    };
    expect(offerOf(many).offered.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('tell the terms in seconds', () => {
    const { terms } = candidate('YC-01-1', 1, 472);
    expect(spokenTerms(terms, zh.screen.rank.terms)).toBe('出车 60 + 路程 412');
    expect(spokenTerms({ ...terms, wait_until_free: 90 }, zh.screen.rank.terms)).toBe(
      '出车 60 + 路程 412 + 等待空闲 90',
    );
  });
});

describe('sending a command', () => {
  const request: CommandRequest = golden('command_add_note');
  const answer: CommandAnswer = golden('command_answer');
  const refusal = (status: number, retry: boolean) =>
    new Refusal(status, { code: 'vehicle_on_task', message: '', retry });

  function sender(...replies: (CommandAnswer | Error)[]): Sender & { ids: string[] } {
    const ids: string[] = [];
    const post = async ({ command_id }: CommandRequest) => {
      ids.push(command_id);
      const reply = replies[Math.min(ids.length, replies.length) - 1];
      if (reply instanceof Error) throw reply;
      return reply as CommandAnswer;
    };
    return { ids, post, wait: async () => undefined };
  }

  it('goes out again under the same name when the network failed', async () => {
    const line = sender(new TypeError('cut'), refusal(503, true), answer);
    expect(await sendCommand(request, line)).toEqual({ recorded: true, answer });
    expect(line.ids).toEqual([request.command_id, request.command_id, request.command_id]);
  });

  it('is not repeated when it was refused', async () => {
    const line = sender(refusal(409, false), answer);
    expect(await sendCommand(request, line)).toMatchObject({ recorded: false, problem: { code: 'vehicle_on_task' } });
    expect(line.ids.length).toBe(1);
  });

  it('is given up with a word after a bounded number of attempts', async () => {
    const line = sender(new TypeError('cut'));
    expect(await sendCommand(request, line)).toMatchObject({ recorded: false, problem: { code: 'network' } });
    expect(line.ids.length).toBe(COMMAND_ATTEMPTS);
  });

  it('waits longer each time, by chance, up to ten seconds', () => {
    expect(backoffMillis(0, 1)).toBe(250);
    expect(backoffMillis(0, 0)).toBe(125);
    expect(backoffMillis(3, 1)).toBe(2_000);
    expect(backoffMillis(500, 1)).toBe(10_000);
  });
});
