import { describe, expect, it, vi } from 'vitest';
import { session } from '../src/session/session.svelte';

describe('a sign-out', () => {
  it('is one also where the closed link is heard of before its answer', async () => {
    let answered = (): void => undefined;
    const signedOut = new Promise<Response>((done) => (answered = () => done(new Response(null, { status: 204 }))));
    const barred = new Response(JSON.stringify({ code: 'not_signed_in', message: 'no', retry: false }), {
      status: 401,
    });
    vi.stubGlobal('fetch', (_: string, { method }: RequestInit = {}) =>
      method === 'DELETE' ? signedOut : Promise.resolve(barred.clone()),
    );
    vi.stubGlobal('removeEventListener', () => undefined);
    session.stage = 'signed_in';
    const left: boolean[] = [];
    session.whenLeft((ended) => left.push(ended));
    const out = session.signOut();
    await session.check();
    expect([session.stage, left]).toEqual(['signed_in', []]);
    answered();
    await out;
    expect([session.stage, session.ended, left]).toEqual(['signed_out', false, [false]]);
    // Afterwards a session that ends by itself is told as one again.
    await session.check();
    expect(left).toEqual([false, true]);
    vi.unstubAllGlobals();
  });
});
