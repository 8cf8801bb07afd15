import type { Centre, Incident, Milestone, Task, Vehicle } from '../api/types';
import { MILESTONES } from '../api/types';
import { REASONS } from '../commands/reasons';
import { incidentsCalled, looksLikeNumber, plain, vehiclesCalled } from './names';
import { SHORT_REASONS } from './words';

export interface Known {
  incidents: ReadonlyMap<string, Incident>;
  vehicles: ReadonlyMap<string, Vehicle>;
  centres: readonly Centre[];
  // The centre whose numbers are meant when only a number is written.
  centre: string;
  selected: string | null;
  now: number;
  // A word of a list in the languages of the screen, e.g. ('CancelReason', '到场无人') -> 'gone_on_arrival'.
  translate: (list: ListName, word: string) => string | undefined;
}

export type ReasonKind = keyof typeof REASONS;
export type ListName =
  'Milestone' | 'SuspendReason' | 'RefuseReason' | 'CancelReason' | 'AbortReason' | 'DivertReason' | 'PauseReason';

const LIST_OF: Record<ReasonKind, ListName> = {
  suspend: 'SuspendReason',
  refuse: 'RefuseReason',
  cancel: 'CancelReason',
  abort: 'AbortReason',
  divert: 'DivertReason',
  pause: 'PauseReason',
};

type MistakeCode =
  | 'unknown_verb'
  | 'no_incident'
  | 'no_vehicle'
  | 'ambiguous'
  | 'missing_incident'
  | 'missing_vehicle'
  | 'missing_reason'
  | 'bad_reason'
  | 'other_centre'
  | 'missing_text'
  | 'no_task'
  | 'bad_milestone'
  | 'bad_time'
  | 'bad_centre'
  | 'bad_priority'
  | 'too_much';

export class Mistake extends Error {
  constructor(
    readonly code: MistakeCode,
    readonly word = '',
    readonly choices: readonly string[] = [],
    readonly list: ListName | null = null,
  ) {
    super(code);
  }
}

// Takes the words of a line one after the other, each as what the grammar wants there.
export class Reader {
  private at = 0;
  private readonly words: string[];

  constructor(
    words: readonly string[],
    readonly known: Known,
  ) {
    this.words = [...words];
  }

  next(): string | undefined {
    const word = this.words[this.at];
    if (word !== undefined) this.at += 1;
    return word;
  }

  rest(): string {
    const text = this.words.slice(this.at).join(' ');
    this.at = this.words.length;
    return text;
  }

  text(): string {
    const text = this.rest();
    if (text === '') throw new Mistake('missing_text');
    return text;
  }

  end(): void {
    const word = this.words[this.at];
    if (word !== undefined) throw new Mistake('too_much', word);
  }

  // The incident named, else the selected one. `keep` words at the end are not a name.
  incident(keep = 0): Incident {
    this.partNumber();
    const word = this.words[this.at];
    const mayBeName = word !== undefined && this.words.length - this.at > keep;
    const found = mayBeName ? incidentsCalled(word, this.known) : [];
    if (found.length > 1) throw new Mistake('ambiguous', word);
    if (found[0]) {
      this.at += 1;
      return found[0];
    }
    // A number that is wrong or half is never the chosen incident.
    if (mayBeName && looksLikeNumber(word, this.known.centres)) throw new Mistake('no_incident', word);
    const selected = this.known.incidents.get(this.known.selected ?? '');
    if (!selected) throw new Mistake('missing_incident');
    return selected;
  }

  // 12，门口有狗: a number goes as far as its comma.
  private partNumber(): void {
    const [, number, rest] =
      /^([^，,：:；;。]*[\d０-９](?:r\d+)?)[，,：:；;。](.*)$/.exec(this.words[this.at] ?? '') ?? [];
    if (number === undefined || !looksLikeNumber(number, this.known.centres)) return;
    this.words.splice(this.at, 1, ...[number, rest ?? ''].filter((part) => part !== ''));
  }

  vehicle(): Vehicle {
    const word = this.words[this.at];
    if (word === undefined) throw new Mistake('missing_vehicle');
    const vehicle = this.optionalVehicle();
    if (!vehicle) throw new Mistake('no_vehicle', word);
    return vehicle;
  }

  vehicles(): Vehicle[] {
    const found = [this.vehicle()];
    for (let more = this.optionalVehicle(); more; more = this.optionalVehicle()) found.push(more);
    return found;
  }

  // A call sign may be two words, as in 银川 1.
  optionalVehicle(): Vehicle | null {
    const word = this.words[this.at];
    if (word === undefined) return null;
    for (const length of [1, 2]) {
      const found = vehiclesCalled(this.words.slice(this.at, this.at + length).join(' '), this.known.vehicles);
      if (found.length > 1) throw new Mistake('ambiguous', word);
      if (found[0]) {
        this.at += length;
        return found[0];
      }
    }
    return null;
  }

  // The running task of the vehicle named, and the centre whose incident it serves.
  task(): { centre: string; task: Task } {
    const vehicle = this.vehicle();
    const incident = this.known.incidents.get(vehicle.incident ?? '');
    const task = incident?.tasks.find(({ id }) => id === vehicle.task);
    if (!incident || !task) throw new Mistake('no_task', vehicle.id);
    return { centre: incident.centre, task };
  }

  reason<Kind extends ReasonKind>(kind: Kind): (typeof REASONS)[Kind][number] {
    const word = this.words[this.at];
    const choices = REASONS[kind];
    if (word === undefined) throw new Mistake('missing_reason', '', choices, LIST_OF[kind]);
    const found = this.optionalReason(kind);
    if (found === null) throw new Mistake('bad_reason', word, choices, LIST_OF[kind]);
    return found;
  }

  optionalReason<Kind extends ReasonKind>(kind: Kind): (typeof REASONS)[Kind][number] | null {
    const word = this.words[this.at];
    if (word === undefined) return null;
    const full =
      SHORT_REASONS[kind]?.[plain(word)] ?? this.known.translate(LIST_OF[kind], word.normalize('NFKC')) ?? plain(word);
    const found = (REASONS[kind] as readonly string[]).find((reason) => reason === full);
    if (found === undefined) return null;
    this.at += 1;
    return found as (typeof REASONS)[Kind][number];
  }

  milestone(short: Record<string, Milestone>): Milestone {
    const word = this.next() ?? '';
    const full = short[plain(word)] ?? this.known.translate('Milestone', word.normalize('NFKC')) ?? plain(word);
    const found = MILESTONES.find((milestone) => milestone === full);
    if (!found) throw new Mistake('bad_milestone', word, MILESTONES.slice(1), 'Milestone');
    return found;
  }

  centre(): string {
    const word = this.next() ?? '';
    const wanted = plain(word);
    const found = this.known.centres.find(
      ({ id, code, name_zh, name_en }) =>
        id.toLowerCase() === wanted ||
        code.toLowerCase() === wanted ||
        name_en.toLowerCase() === wanted ||
        (word !== '' && name_zh.startsWith(word)),
    );
    if (!found) throw new Mistake('bad_centre', word);
    return found.id;
  }
}
