import { get, query } from '../api/http';
import type { Duplicate, Incident, PlaceFound, Position } from '../api/types';
import { selection } from '../console/selection.svelte';
import { focusOn } from '../console/focus';
import { feed } from '../feed/feed.svelte';
import { view } from '../map/view.svelte';
import { issue } from '../commands/issue.svelte';
import { refuse } from '../commands/commands';
import { Twice } from '../commands/twice.svelte';
import { session } from '../session/session.svelte';
import { clock } from '../time/clock.svelte';
import { fill } from '../i18n/fill';
import { nameOf, screen } from '../i18n/language.svelte';
import { takenAgain } from './again';
import { withinReach } from './duplicates';
import {
  blankIntake,
  chosePlace,
  faultOf,
  isBlank,
  meant,
  nameAsTyped,
  pickedOnMap,
  saysMore,
  takeCall,
  withoutPosition,
  type Ending,
  type Intake,
  type IntakeFault,
} from './form';
import { ownerOf, placesFor } from './look-up';
import { nearWords } from './near-words';
import { asking } from './asking';
import { surePlace } from './sure';

export const INTAKE = 'intake';

// More calls than this cannot wait for one hand to take them up again.
const PARKED_MOST = 20;
// A call is not held up longer than this for its address.
const RESOLVE_MILLIS = 2_000;

// What is asked before a call goes out without something that it will be missed for. The same Enter again sends it.
export type Asked = 'choosePlace' | 'doubtfulPlace' | 'chooseCentre' | 'noPlace' | 'noAnswer';

class IntakeModel {
  form = $state(blankIntake());
  fault = $state<IntakeFault | null>(null);
  duplicates = $state.raw<Duplicate[]>([]);
  // True when nobody could look for duplicates: none shown is then not none there.
  duplicatesUnknown = $state(false);
  // The place whose position was taken off because the words speak of another.
  dropped = $state('');
  busy = $state(false);
  // Calls on their way to the journal, and those that came back refused while another was being typed.
  sending = $state.raw<readonly Intake[]>([]);
  parked = $state.raw<readonly Intake[]>([]);
  // Calls that were on their way as the page was loaded anew: recorded, or not.
  unsure = $state.raw<readonly Intake[]>([]);
  // Whether the fields beyond the four are open. Every call begins with the four.
  more = $state(false);
  // Where everything is an exercise a call is one, whoever forgets to say so.
  get isExercise(): boolean {
    return this.form.test || session.exercise;
  }

  // Counted up when the words of the address are to be looked up although nobody typed them into the field.
  wanted = $state(0);
  private questions = 0;
  private readonly twice = new Twice<Asked>();

  get asked(): Asked | null {
    return this.twice.asked;
  }

  // Whose incident it becomes: chosen by hand, else by the place, else the seat's own.
  get centre(): string {
    const { centre, owner } = this.form;
    const acts = session.current?.acts_for ?? [];
    return [centre, owner].find((it): it is string => !!it && acts.includes(it)) ?? selection.ownCentre;
  }

  // Those that the call can be joined to: while words and position do not agree, none that is near the position alone.
  get offered(): Duplicate[] {
    return meant(this.form) === 'doubtful' ? this.duplicates.filter(({ same_caller }) => same_caller) : this.duplicates;
  }

  // Whether something of it stands beside the form, over the map.
  get asksOfDuplicates(): boolean {
    return this.duplicatesUnknown || this.offered.length > 0;
  }

  get blank(): boolean {
    return isBlank(this.form);
  }

  started(): void {
    this.form.beganAt ??= Math.round(clock.exact());
    this.twice.forget();
    this.fault = null;
  }

  clear(): void {
    this.take(blankIntake());
    this.more = false;
  }

  // Everything of the person who leaves.
  forget(): void {
    this.clear();
    this.parked = [];
    this.unsure = [];
    this.sending = [];
  }

  // A new call with its first words; one that was being typed is put by. The words are looked up as if typed.
  begin(words: string): void {
    if (!this.blank) this.park($state.snapshot(this.form));
    this.take({ ...blankIntake(), address: words });
    this.started();
    if (words !== '') this.wanted += 1;
  }

  // Puts a call into the form: a new one, one that came back, one that was kept over a reload. Nothing that it says is
  // folded away.
  take(form: Intake): void {
    this.questions += 1;
    this.form = form;
    this.more ||= saysMore(form);
    this.fault = null;
    this.twice.forget();
    this.dropped = '';
    this.duplicates = [];
    this.duplicatesUnknown = false;
    view.marked = form.position;
    void this.lookForDuplicates();
  }

  takeAgain(incident: Incident, centre: string): void {
    if (!this.blank) this.park($state.snapshot(this.form));
    this.take(takenAgain($state.snapshot(incident), centre));
    selection.intakeOpen = true;
    void focusOn('intake');
  }

  unpark(call: Intake): void {
    this.putAway(call);
    if (!this.blank) this.park($state.snapshot(this.form));
    this.take(call);
    void focusOn('intake');
  }

  // A call that needs no hand any more.
  putAway(call: Intake): void {
    this.parked = this.parked.filter((it) => it !== call);
    this.unsure = this.unsure.filter((it) => it !== call);
  }

  typedWords(words: string): void {
    const was = this.form.placeName;
    this.form.address = words;
    this.dropped = '';
    if (meant(this.form) !== 'other' || !this.form.position) return;
    this.dropPosition();
    this.dropped = words.trim() === '' ? '' : was;
  }

  dropPosition(): void {
    this.form = withoutPosition(this.form);
    view.marked = null;
    this.forgetDuplicates();
    void this.lookForDuplicates();
  }

  choose(found: PlaceFound): void {
    this.started();
    this.form = chosePlace(this.form, found, nameAsTyped(this.form.address, found, nameOf(found)));
    this.dropped = '';
    view.marked = found.position;
    // Those of the place before can no longer be joined, also while the new ones are being asked for.
    this.forgetDuplicates();
    void this.lookForDuplicates();
  }

  async pickedOnMap(position: Position): Promise<void> {
    this.started();
    view.marked = position;
    this.forgetDuplicates();
    const [owner, words] = await Promise.all([ownerOf(position), nearWords(position)]);
    this.form = pickedOnMap(this.form, position, words, owner);
    this.dropped = '';
    void this.lookForDuplicates();
    void focusOn('intake');
  }

  // Only the newest question's answer counts; the form goes on while it is asked.
  async lookForDuplicates(): Promise<void> {
    const { position, phone } = this.form;
    const question = ++this.questions;
    if (!position && phone.trim() === '') {
      this.forgetDuplicates();
      return;
    }
    const path = query('/duplicates', {
      centre: this.centre,
      lon: position?.lon,
      lat: position?.lat,
      caller_number: phone.trim(),
      test: this.isExercise ? 'true' : null,
    });
    const found = await get<Duplicate[]>(path).catch(() => null);
    if (question !== this.questions) return;
    this.duplicatesUnknown = found === null;
    this.duplicates = withinReach(found ?? [], session.current?.acts_for ?? []);
  }

  // One more call about an open incident, whichever centre's it is.
  link({ incident, centre }: Duplicate): Promise<void> {
    return this.send({ linkTo: incident, priority: feed.state.incidents.get(incident)?.facts.priority }, centre);
  }

  async send(ending: Ending = {}, centre?: string): Promise<void> {
    if (this.busy || (this.sending.length > 0 && this.blank)) return;
    const linking = ending.linkTo !== undefined;
    this.fault = faultOf(this.form, linking);
    if (this.fault) return;
    if (!linking && ending.outcome === undefined && !(await this.settled())) return;
    await this.issue({ ...$state.snapshot(this.form), test: this.isExercise }, centre ?? this.centre, ending);
  }

  // Whether nothing is left to be asked: the place above all, without which nobody can be sent by the road.
  private async settled(): Promise<boolean> {
    if (meant(this.form) === 'doubtful') return this.ask('doubtfulPlace');
    if (this.form.position) return true;
    // The words are still those that were asked about: who answers is not made to wait for the search again.
    if (this.asked) return this.ask(this.asked);
    this.busy = true;
    const words = this.form.address;
    const late = new Promise<null>((done) => setTimeout(() => done(null), RESOLVE_MILLIS));
    const found = await Promise.race([placesFor(words).catch(() => null), late]);
    this.busy = false;
    if (words !== this.form.address) return false;
    const sure = surePlace(words, found ?? [], asking());
    if (sure) {
      this.choose(sure);
      return true;
    }
    if (found && found.length > 0) return this.ask('choosePlace');
    const own = session.region?.centres.find(({ id }) => id === this.centre);
    if (own?.regional && this.form.centre === '') return this.ask('chooseCentre');
    return this.ask(found ? 'noPlace' : 'noAnswer');
  }

  // Whether the same was asked before, and this Enter answers it.
  private ask(question: Asked): boolean {
    const isNew = this.asked !== question;
    // The choice is laid out at once, with the next key on it.
    if (question === 'choosePlace' && isNew) void focusOn('intake').then(() => (this.wanted += 1));
    return this.twice.confirms(question);
  }

  // The form is free for the next call at once; what comes back refused is put where nothing is lost.
  private async issue(call: Intake, centre: string, ending: Ending): Promise<void> {
    const seen = selection.incidentId;
    this.sending = [...this.sending, call];
    this.clear();
    const outcome = await issue(INTAKE, takeCall(call, centre, clock.exact(), ending));
    this.sending = this.sending.filter((it) => it !== call);
    if (!outcome.recorded) {
      if (this.blank) this.take(call);
      else this.park(call);
      return;
    }
    const incident = outcome.answer.incident ?? ending.linkTo;
    if (call.replaces && outcome.answer.incident) await this.giveUp(call.replaces, outcome.answer.incident);
    // Who types the next call, or looks at something else by now, is not torn away.
    if (!incident || !this.blank || selection.incidentId !== seen) return;
    selection.openIncident(incident, ending.outcome === undefined);
    void focusOn(ending.outcome === undefined ? 'rank' : 'queue');
  }

  // The other centre has the call; the incident filed wrongly is refused with the number to find it by.
  private async giveUp(id: string, now: string): Promise<void> {
    const incident = feed.state.incidents.get(id);
    if (incident)
      await issue(`incident ${id}`, refuse(incident, 'out_of_area', fill(screen().place.movedTo, { incident: now })));
  }

  private park(call: Intake): void {
    this.parked = [...this.parked, call].slice(-PARKED_MOST);
  }

  private forgetDuplicates(): void {
    this.questions += 1;
    this.duplicates = [];
    this.duplicatesUnknown = false;
  }
}

export const intake = new IntakeModel();
