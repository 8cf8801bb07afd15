import { coverageShown } from '../coverage/coverage.svelte';
import { conditions } from '../roads/conditions.svelte';
import { blankDraft, type Draft } from '../roads/draft';
import { reachShown } from '../roads/isochrone.svelte';
import { drafts } from '../incident/drafts.svelte';
import { blankIntake, type Intake } from '../intake/form';
import { intake } from '../intake/intake.svelte';
import { view, type Look } from '../map/view.svelte';
import { notices } from '../commands/issue.svelte';
import { ranking } from '../rank/ranking.svelte';
import { forgetKept, keep, kept } from '../session/kept';
import { session } from '../session/session.svelte';
import { sounds } from '../sounds/sounds.svelte';
import { selection, type Seat } from './selection.svelte';

interface Kept {
  form: Intake;
  parked: readonly Intake[];
  unsure: readonly Intake[];
  more: boolean;
  seat: Seat;
  look: Look | null;
  notes: Record<string, string>;
  forms?: Record<string, unknown>;
  road?: Draft;
  coverage?: boolean;
}

// A reload loses nothing of the person at the selection, and nobody finds what another left. Called by the console as it
// opens, before anything is drawn.
export function keepDesk(): void {
  const person = session.current?.person.id ?? '';
  const before = kept<Kept>(person);
  if (before) takeUp(before);
  $effect(() => {
    const { parked } = intake;
    // What was being sent as the page went may be recorded or not.
    const unsure = [...intake.unsure, ...intake.sending];
    keep(person, {
      form: $state.snapshot(intake.form) as Intake,
      parked,
      unsure,
      more: intake.more,
      seat: selection.seat(),
      look: view.look,
      notes: $state.snapshot(drafts.notes),
      forms: $state.snapshot(drafts.forms),
      road: $state.snapshot(conditions.draft),
      coverage: coverageShown.on,
    } satisfies Kept);
  });
}

// The same for a screen that has forms alone.
export function keepForms(): void {
  const person = session.current?.person.id ?? '';
  drafts.forms = kept<Pick<Kept, 'forms'>>(person)?.forms ?? {};
  $effect(() => keep(person, { forms: $state.snapshot(drafts.forms) }));
}

function takeUp({ form, parked, unsure, more, seat, look, notes, forms, road, coverage }: Kept): void {
  selection.sitDown(seat);
  intake.take({ ...blankIntake(), ...form });
  const whole = (calls: readonly Intake[]): Intake[] => calls.map((call) => ({ ...blankIntake(), ...call }));
  intake.parked = whole(parked);
  intake.unsure = whole(unsure);
  // A browser tells a little late that the fields were opened.
  intake.more ||= more;
  view.look = look;
  drafts.notes = notes;
  drafts.forms = forms ?? {};
  conditions.draft = { ...blankDraft(), ...road };
  coverageShown.on = coverage ?? false;
}

// Asks the browser to ask, when a call would go with the page. Nothing else here is lost by leaving.
export function onLeaving(event: BeforeUnloadEvent): void {
  if (!intake.blank || intake.parked.length > 0 || intake.sending.length > 0) event.preventDefault();
}

// When somebody's session ends by itself, the same person takes up their half-typed call again after signing in.
session.whenLeft((ended) => {
  if (!ended) forgetKept();
  intake.forget();
  selection.forget();
  ranking.forget();
  ranking.others = false;
  drafts.forget();
  notices.forget();
  conditions.clear();
  reachShown.hide();
  coverageShown.on = false;
  coverageShown.forget();
  view.forget();
  sounds.forget();
});
