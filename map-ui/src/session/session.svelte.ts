import { call, get, problemFrom, Refusal } from '../api/http';
import type { Problem, Region, Schemas, Session } from '../api/types';
import { feed } from '../feed/feed.svelte';
import { clock } from '../time/clock.svelte';
import { zone } from '../time/format';
import { colleagues } from './colleagues.svelte';
import { forgetKept } from './kept';

export type Stage = 'loading' | 'unreachable' | 'set_up' | 'signed_out' | 'password_due' | 'signed_in';

const RETRY_MILLIS = 2_000;

// Who sits here, and the region they work in.
class SessionModel {
  stage = $state<Stage>('loading');
  ended = $state(false);
  current = $state.raw<Session | null>(null);
  region = $state.raw<Region | null>(null);
  // Whether the whole installation is for exercises, as far as is known before anybody signs in.
  private toldExercise = $state(false);
  // Its sign-out is under way.
  private leaving = false;
  private readonly forgetters: ((ended: boolean) => void)[] = [];

  get exercise(): boolean {
    return this.region === null ? this.toldExercise : this.region.exercise === true;
  }

  async begin(): Promise<void> {
    // Asked beside the rest: pages before the console say as well what kind of installation this is.
    const before = get<Schemas['SetupState']>('/setup').catch(() => null);
    void before.then((told) => (this.toldExercise = told?.exercise ?? this.toldExercise));
    try {
      await this.enter(await get<Session>('/session'));
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) this.stage = (await before)?.open ? 'set_up' : 'signed_out';
      else this.tryLater();
    }
  }

  async signIn(name: string, password: string): Promise<Problem | null> {
    try {
      await this.enter(await call<Session>('POST', '/session', { name, password }));
      return null;
    } catch (error) {
      return problemFrom(error);
    }
  }

  async choosePassword(current_password: string, new_password: string): Promise<Problem | null> {
    try {
      this.current = await call<Session>('POST', '/session/password', { current_password, new_password });
      await this.enter(this.current);
      return null;
    } catch (error) {
      return problemFrom(error);
    }
  }

  async signOut(): Promise<void> {
    this.leaving = true;
    try {
      await call('DELETE', '/session');
    } finally {
      this.leaving = false;
      this.leave(false);
    }
  }

  // Asked after a link was lost: a barred person's link is closed, and only this says why.
  async check(): Promise<void> {
    try {
      this.current = await get<Session>('/session');
    } catch (error) {
      // The link may hear of a sign-out before its answer is here: that is no session that ended by itself, and leaves
      // nothing of this person behind.
      const isEnded = error instanceof Refusal && error.status === 401;
      if (isEnded && !this.leaving) this.leave(true);
    }
  }

  // Tells those who hold something of the person at the selection that they left; `ended`: not of their own will.
  whenLeft(forget: (ended: boolean) => void): void {
    this.forgetters.push(forget);
  }

  leave(ended: boolean): void {
    feed.stop();
    colleagues.forget();
    for (const forget of this.forgetters) forget(ended);
    this.current = null;
    this.ended = ended;
    this.stage = 'signed_out';
  }

  private async enter(session: Session): Promise<void> {
    clock.heardServer(session.server_time, null);
    this.current = session;
    forgetKept(session.person.id);
    if (session.password_due) {
      // Nothing but the own password may be asked for yet.
      this.stage = 'password_due';
      return;
    }
    this.region = await get<Region>('/region');
    zone.minutesEast = this.region.time_zone_minutes;
    this.ended = false;
    this.stage = 'signed_in';
  }

  private tryLater(): void {
    this.stage = 'unreachable';
    setTimeout(() => void this.begin(), RETRY_MILLIS);
  }
}

export const session = new SessionModel();
