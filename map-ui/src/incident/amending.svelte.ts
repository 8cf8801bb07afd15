import type { Call, Incident, Schemas } from '../api/types';
import {
  type AmendedCall,
  type Numbers,
  callAmendedOf,
  changesOfCall,
  changesOfNumbers,
  faultOfCall,
  numbersOf,
} from './call-changes';
import { type Amended, amendedOf, changesOf } from './changes';
import { clashes, follow } from './follow';

type Facts = Schemas['IncidentFacts'];
export type Field = keyof Amended | keyof AmendedCall | keyof Numbers;

/** What is kept of an open form over a reload: what was typed, and over what. */
export interface AmendmentDraft {
  before: Facts;
  form: Amended;
  callId: string;
  callsBefore: Record<string, AmendedCall>;
  calls: Record<string, AmendedCall>;
  numbersBefore: Numbers;
  numbers: Numbers;
}

const NO_CALL = '';

/** Calls that the incident still has. */
export const callsOf = (incident: Incident): Call[] => incident.calls.filter(({ separated_to }) => !separated_to);

function callFormsOf(incident: Incident): Record<string, AmendedCall> {
  const none = { began_at: 0, patient_count: 1, stretcher: false, special_needs: '' };
  const calls = callsOf(incident).map(({ id, details }) => [id, callAmendedOf(details)] as const);
  return Object.fromEntries(calls.length > 0 ? calls : [[NO_CALL, callAmendedOf(none)]]);
}

// An amendment as it is typed, while other seats may change the same incident.
export class Amending {
  before = $state.raw<Facts>() as Facts;
  form = $state() as Amended;
  callId = $state(NO_CALL);
  calls = $state<Record<string, AmendedCall>>({});
  numbers = $state() as Numbers;
  // Changed elsewhere to something else than what is typed here; saving puts it right or wrong.
  clashing = $state<Field[]>([]);
  #callsBefore: Record<string, AmendedCall>;
  #numbersBefore: Numbers;

  constructor(incident: Incident, typed?: Partial<AmendmentDraft>) {
    this.before = typed?.before ?? incident.facts;
    this.form = typed?.form ?? amendedOf(this.before);
    this.#callsBefore = typed?.callsBefore ?? callFormsOf(incident);
    this.calls = typed?.calls ?? structuredClone(this.#callsBefore);
    this.callId = typed?.callId ?? Object.keys(this.#callsBefore)[0] ?? NO_CALL;
    this.#numbersBefore = typed?.numbersBefore ?? numbersOf(incident);
    this.numbers = typed?.numbers ?? { ...this.#numbersBefore };
    this.heed(incident);
  }

  // The call whose fields are in view.
  get call(): AmendedCall {
    return this.calls[this.callId] as AmendedCall;
  }

  set call(call: AmendedCall) {
    this.calls[this.callId] = call;
  }

  fault(): ReturnType<typeof faultOfCall> {
    const faults = Object.values(this.calls).map((call) => faultOfCall(call, this.numbers));
    return faults.find((fault) => fault !== null) ?? null;
  }

  // What the incident has become since.
  heed(incident: Incident): void {
    const found: Field[] = [...this.#heedFacts(incident.facts), ...this.#heedNumbers(numbersOf(incident))];
    const calls = callFormsOf(incident);
    for (const [id, is] of Object.entries(calls)) found.push(...this.#heedCall(id, is));
    for (const id of Object.keys(this.calls)) if (!(id in calls)) delete this.calls[id];
    if (!(this.callId in this.calls)) this.callId = Object.keys(calls)[0] ?? NO_CALL;
    if (found.length > 0) this.clashing = [...new Set([...this.clashing, ...found])];
  }

  // What is amended of a call goes by itself: with a call named, a number of patients would be that call's.
  changes(): Schemas['IncidentChanges'][] {
    const ofIncident = {
      ...changesOf(this.before, $state.snapshot(this.form)),
      ...changesOfNumbers(this.#numbersBefore, $state.snapshot(this.numbers)),
    };
    const ofCalls = Object.entries($state.snapshot(this.calls))
      .filter(([id]) => id !== NO_CALL)
      .map(([id, call]) => changesOfCall(id, this.#callsBefore[id] ?? call, call))
      .filter((changes) => Object.keys(changes).length > 0);
    const [first, ...others] = ofCalls;
    const together =
      'patient_count' in ofIncident ? [ofIncident, ...ofCalls] : [{ ...ofIncident, ...first }, ...others];
    return together.filter((changes) => Object.keys(changes).length > 0);
  }

  draft(): AmendmentDraft {
    return {
      before: this.before,
      form: $state.snapshot(this.form),
      callId: this.callId,
      callsBefore: this.#callsBefore,
      calls: $state.snapshot(this.calls),
      numbersBefore: this.#numbersBefore,
      numbers: $state.snapshot(this.numbers),
    };
  }

  #heedFacts(facts: Facts): Field[] {
    if (facts === this.before) return [];
    const [was, is, typed] = [amendedOf(this.before), amendedOf(facts), $state.snapshot(this.form)];
    const found: Field[] = clashes(was, is, typed);
    const places = [this.before, facts].map(({ scene }) => JSON.stringify(scene.position ?? null));
    if (places[0] !== places[1] && (typed.found || typed.picked || typed.noPosition)) found.push('address');
    this.form = follow(was, is, typed);
    this.before = facts;
    return found;
  }

  #heedNumbers(is: Numbers): Field[] {
    const typed = $state.snapshot(this.numbers);
    const found: Field[] = clashes(this.#numbersBefore, is, typed);
    this.numbers = follow(this.#numbersBefore, is, typed);
    this.#numbersBefore = is;
    return found;
  }

  #heedCall(id: string, is: AmendedCall): Field[] {
    const was = this.#callsBefore[id] ?? is;
    const typed = $state.snapshot(this.calls[id]) ?? is;
    const found: Field[] = clashes(was, is, typed);
    this.calls[id] = follow(was, is, typed);
    this.#callsBefore = { ...this.#callsBefore, [id]: is };
    return found;
  }
}
