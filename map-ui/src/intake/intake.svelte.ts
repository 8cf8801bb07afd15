import { get, query } from '../api/http';
import type { Duplicate, PlaceFound, Position } from '../api/types';
import { desk } from '../console/desk.svelte';
import { reach } from '../console/reach';
import { view } from '../map/view.svelte';
import { give } from '../orders/give.svelte';
import { session } from '../session/session.svelte';
import { clock } from '../time/clock.svelte';
import { fill } from '../words/fill';
import { nameOf, screen } from '../words/language.svelte';
import { nearestPlace } from './nearest';
import { blankIntake, chosePlace, faultOf, pickedOnMap, takeCall, type Ending, type IntakeFault } from './form';

export const INTAKE = 'intake';

class IntakeModel {
  form = $state(blankIntake());
  fault = $state<IntakeFault | null>(null);
  duplicates = $state.raw<Duplicate[]>([]);
  // True when nobody could look for duplicates: none shown is then not none there.
  duplicatesUnknown = $state(false);
  busy = $state(false);
  // Whether the fields beyond the four are open. Every call begins with the four.
  more = $state(false);
  private asked = 0;

  get centre(): string {
    const { owner } = this.form;
    return owner && session.current?.acts_for.includes(owner) ? owner : desk.ownCentre;
  }

  started(): void {
    this.form.beganAt ??= Math.round(clock.exact());
  }

  clear(): void {
    this.asked += 1;
    this.form = blankIntake();
    this.fault = null;
    this.duplicates = [];
    this.duplicatesUnknown = false;
    this.more = false;
    view.marked = null;
  }

  choose(found: PlaceFound): void {
    this.form = chosePlace(this.form, found, nameOf(found));
    view.marked = found.position;
    void this.lookForDuplicates();
  }

  async pickedOnMap(position: Position): Promise<void> {
    desk.picking = false;
    this.started();
    const { lon, lat } = position;
    view.marked = position;
    const [owner, map] = await Promise.all([
      get<{ centre?: string | null }>(query('/owner-centre', { lon, lat })).catch(() => ({ centre: null })),
      get<{ features: Parameters<typeof nearestPlace>[0] }>('/map').catch(() => ({ features: [] })),
    ]);
    const at = `${lon.toFixed(4)}, ${lat.toFixed(4)}`;
    const near = nearestPlace(map.features, lon, lat);
    const words = near ? fill(screen().intake.near, { place: nameOf(near), km: near.km.toFixed(1) }) : at;
    this.form = pickedOnMap(this.form, position, words, owner.centre ?? null);
    void this.lookForDuplicates();
    void reach('intake');
  }

  // Only the newest question's answer counts; the form goes on while it is asked.
  async lookForDuplicates(): Promise<void> {
    const { position, phone, test } = this.form;
    const ask = ++this.asked;
    if (!position && phone.trim() === '') {
      this.duplicates = [];
      this.duplicatesUnknown = false;
      return;
    }
    const path = query('/duplicates', { centre: this.centre, lon: position?.lon, lat: position?.lat, caller_number: phone.trim(), test: test ? 'true' : null });
    const found = await get<Duplicate[]>(path).catch(() => null);
    if (ask !== this.asked) return;
    this.duplicatesUnknown = found === null;
    this.duplicates = found ?? [];
  }

  async send(ending: Ending = {}): Promise<void> {
    if (this.busy) return;
    this.fault = faultOf(this.form);
    if (this.fault) return;
    this.busy = true;
    const outcome = await give(INTAKE, takeCall(this.form, this.centre, clock.exact(), ending));
    this.busy = false;
    if (!outcome.recorded) return;
    this.clear();
    const incident = outcome.answer.incident ?? ending.linkTo;
    if (!incident) return;
    desk.openIncident(incident, ending.outcome === undefined);
    void reach(ending.outcome === undefined ? 'rank' : 'queue');
  }
}

export const intake = new IntakeModel();
