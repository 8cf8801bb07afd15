import type { Vehicle } from '../api/types';
import * as commands from '../commands/commands';
import type { CommandAtCentre } from '../commands/commands';
import { writeTo } from '../messages/waiting';
import { parseClock } from '../time/format';
import { SHORT_MILESTONES, PRIORITY_WORDS, VERBS, type Verb } from './words';
import { plain as normal } from './names';
import { Reader, Mistake, type Known } from './reader';

export type Meaning =
  | { does: 'issue'; command: CommandAtCentre }
  | { does: 'show'; incident?: string; vehicle?: string }
  | { does: 'rank'; incident: string }
  | { does: 'new'; address: string }
  | { does: 'help' }
  | { does: 'nothing' }
  | { does: 'mistake'; code: Mistake['code']; word: string; choices: readonly string[]; list: Mistake['list'] };

// One line of text to what it means. Knows the feed only by what it is given.
export function understand(line: string, known: Known): Meaning {
  const words = line
    .trim()
    .replace(/^[/／]\s*/, '')
    .split(/\s+/)
    .filter(Boolean);
  const [first, ...rest] = words;
  if (first === undefined) return { does: 'nothing' };
  try {
    const verb = verbOf(first);
    // Vehicles may stand in a row as people write them: YC-01-1、YC-01-2.
    const reader = new Reader(
      verb === 'dispatch' ? rest.flatMap((word) => word.split(/[、,，]/).filter(Boolean)) : rest,
      known,
    );
    const meaning = MEANINGS[verb](reader);
    reader.end();
    return meaning;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { does: 'mistake', code: error.code, word: error.word, choices: error.choices, list: error.list };
  }
}

function verbOf(word: string): Verb {
  const wanted = normal(word);
  const found = (Object.keys(VERBS) as Verb[]).find((verb) =>
    [...VERBS[verb].zh, ...VERBS[verb].en].some((it) => normal(it) === wanted),
  );
  if (found === undefined) throw new Mistake('unknown_verb', word);
  return found;
}

const issue = (command: CommandAtCentre): Meaning => ({ does: 'issue', command });

const plain =
  (type: Parameters<typeof commands.vehicleCommand>[1]) =>
  (reader: Reader): Meaning =>
    issue(commands.vehicleCommand(reader.vehicle(), type));

const MEANINGS: Record<Verb, (reader: Reader) => Meaning> = {
  dispatch: (reader) => {
    const vehicles = reader.vehicles().map(({ id }: Vehicle) => id);
    return issue(commands.dispatch(reader.incident(), vehicles));
  },
  divert: (reader) => {
    const vehicle = reader.vehicle();
    const to = reader.incident();
    // One journal cannot take a vehicle out of another: its centre ends the task and lends it.
    if (vehicle.centre !== to.centre) throw new Mistake('other_centre', vehicle.id);
    return issue(commands.divert(vehicle.id, to, reader.optionalReason('divert') ?? 'higher_priority', reader.rest()));
  },
  cancel: (reader) => issue(commands.cancel(reader.incident(), reader.reason('cancel'), reader.rest())),
  suspend: (reader) => issue(commands.suspend(reader.incident(), reader.reason('suspend'), reader.rest())),
  refuse: (reader) => issue(commands.refuse(reader.incident(), reader.reason('refuse'), reader.rest())),
  resume: (reader) => {
    const vehicle = reader.optionalVehicle();
    return issue(vehicle ? commands.vehicleCommand(vehicle, 'resume_vehicle') : commands.resume(reader.incident()));
  },
  close: (reader) => issue(commands.close(reader.incident())),
  reopen: (reader) => issue(commands.reopen(reader.incident(), reader.rest())),
  note: (reader) => issue(commands.addNote(reader.incident(), reader.text())),
  priority: (reader) => {
    const incident = reader.incident(1);
    const word = reader.next() ?? '';
    const priority = PRIORITY_WORDS[normal(word)];
    if (priority === undefined) throw new Mistake('bad_priority', word);
    return issue(commands.amend(incident, { priority }));
  },
  reach: (reader) => {
    const { centre, task } = reader.task();
    return issue(commands.recordMilestone(centre, task, reader.milestone(SHORT_MILESTONES)));
  },
  correct: (reader) => {
    const { centre, task } = reader.task();
    const milestone = reader.milestone(SHORT_MILESTONES);
    const word = reader.next() ?? '';
    const at = parseClock(word, reader.known.now);
    if (at === null) throw new Mistake('bad_time', word);
    return issue(commands.correct(centre, task, milestone, at, reader.text()));
  },
  undo: (reader) => {
    const { centre, task } = reader.task();
    const latest = task.milestones.at(-1)?.milestone ?? 'created';
    return issue(commands.undo(centre, task, latest));
  },
  abort: (reader) => {
    const { centre, task } = reader.task();
    return issue(commands.abort(centre, task, reader.reason('abort'), reader.rest()));
  },
  pause: (reader) => issue(commands.pause(reader.vehicle(), reader.reason('pause'), reader.rest())),
  off: plain('go_off_duty'),
  on: plain('go_on_duty'),
  back: plain('return_to_station'),
  lend: (reader) => issue(commands.lend(reader.vehicle(), reader.centre())),
  sos: (reader) => issue(commands.clearSos(reader.vehicle(), reader.text())),
  tell: (reader) => issue(writeTo(reader.vehicle(), reader.text())),
  next: (reader) => {
    const vehicle = reader.vehicle();
    return issue(commands.giveFollowOn(vehicle.id, reader.incident()));
  },
  withdraw: (reader) => issue(commands.withdrawFollowOn(reader.vehicle())),
  keep: (reader) => issue(commands.settleReport(reader.vehicle(), true, reader.rest())),
  wrong: (reader) => issue(commands.settleReport(reader.vehicle(), false, reader.rest())),
  seen: (reader) => issue(commands.seeRefused(reader.vehicle())),
  show: (reader) => {
    const vehicle = reader.optionalVehicle();
    return vehicle ? { does: 'show', vehicle: vehicle.id } : { does: 'show', incident: reader.incident().id };
  },
  rank: (reader) => ({ does: 'rank', incident: reader.incident().id }),
  new: (reader) => ({ does: 'new', address: reader.rest() }),
  help: () => ({ does: 'help' }),
};
