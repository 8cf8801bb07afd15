import { afterEach, describe, expect, it, vi } from 'vitest';
import { close } from '../src/commands/commands';
import { giveForm, notices } from '../src/commands/issue.svelte';
import { incident } from './examples';

const PLACE = 'form';
const order = close(incident('yinchuan-12'));
const recorded = { versions: [], already_recorded: false };

// What a server answers to each request in turn; gives the bodies it was sent.
function answers(...turns: [status: number, body: object][]): { command: object; confirmed: object[] }[] {
  const sent: { command: object; confirmed: object[] }[] = [];
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as (typeof sent)[number]);
    const [status, answer] = turns[sent.length - 1] ?? [500, {}];
    return Promise.resolve(
      new Response(JSON.stringify(answer), { status, headers: { 'content-type': 'application/json' } }),
    );
  });
  return sent;
}

const refusal = (code: string, more: object = {}) => ({ code, message: code, retry: false, ...more });

afterEach(() => {
  notices.forget();
  vi.unstubAllGlobals();
});

describe('what was written in a form', () => {
  it('may go once it is recorded', async () => {
    answers([200, recorded]);
    expect(await giveForm(PLACE, order)).toBe(true);
    expect(notices.at[PLACE]?.stage).toBe('recorded');
  });

  it('stays when it is refused', async () => {
    answers([409, refusal('incident_over')]);
    expect(await giveForm(PLACE, order)).toBe(false);
    expect(notices.at[PLACE]).toMatchObject({ stage: 'refused', confirm: null });
  });

  it('may go when it is asked back for, and the answer sends every word of it with what was confirmed', async () => {
    const danger = { type: 'crew_out_of_touch', vehicles: ['YC-01-1'] };
    const sent = answers([409, refusal('several_dangers', { dangers: [{ confirm: danger }] })], [200, recorded]);
    expect(await giveForm(PLACE, order)).toBe(true);
    const notice = notices.at[PLACE];
    if (notice?.stage !== 'refused' || notice.confirm === null) throw new Error('nothing was asked');
    notice.confirm();
    await vi.waitFor(() => expect(notices.at[PLACE]?.stage).toBe('recorded'));
    expect(sent[1]?.command).toEqual(sent[0]?.command);
    expect(sent[1]?.confirmed).toEqual([danger]);
  });

  it('is sent once, whatever the hand presses meanwhile', async () => {
    const sent = answers([200, recorded], [200, recorded]);
    const first = giveForm(PLACE, order);
    expect(await giveForm(PLACE, order)).toBe(false);
    expect(await first).toBe(true);
    expect(sent).toHaveLength(1);
  });
});
