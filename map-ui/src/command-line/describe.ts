import type { Incident } from '../api/types';
import { PRIORITIES } from '../api/types';
import { COMMANDS, type CommandType } from '../commands/commands';
import { clockTime } from '../time/format';
import type { Words } from '../i18n/language.svelte';
import { fill } from '../i18n/fill';
import type { Meaning } from './grammar';
import { shortNumber } from './names';
import type { Known, ReasonKind } from './reader';

type Told = Pick<Known, 'incidents' | 'vehicles' | 'centres'>;

// What Enter would do, said before it is pressed. With the feed at hand everything is named as people know it:
// an incident by number, priority, address and complaint.
export function describe(meaning: Meaning, words: Words, told?: Told): { text: string; wrong: boolean } {
  const { command } = words.screen;
  switch (meaning.does) {
    case 'nothing':
    case 'help':
      return { text: '', wrong: false };
    case 'mistake': {
      const names = meaning.list === null ? {} : (words.vocabulary[meaning.list] as Record<string, string>);
      const choices = meaning.choices.map((choice) => `${names[choice] ?? choice}`).join(' / ');
      return { text: fill(command[meaning.code], { word: meaning.word, choices }), wrong: true };
    }
    case 'issue':
      return {
        text: fill(command.will, { what: spoken(meaning.command.command as Spoken, words, told) }),
        wrong: false,
      };
    case 'show':
      return { text: `→ ${named(meaning.incident ?? meaning.vehicle ?? '', words, told)}`, wrong: false };
    case 'rank':
      return { text: `→ ${words.screen.rank.title} ${named(meaning.incident, words, told)}`, wrong: false };
    case 'new':
      return { text: `→ ${words.screen.intake.title} ${meaning.address}`, wrong: false };
  }
}

type Spoken = Record<string, unknown> & { type: CommandType };

const LISTS: Record<string, `${Capitalize<ReasonKind>}Reason`> = {
  cancel_incident: 'CancelReason',
  suspend_incident: 'SuspendReason',
  refuse_incident: 'RefuseReason',
  divert_vehicle: 'DivertReason',
  abort_task: 'AbortReason',
  pause_vehicle: 'PauseReason',
};

// What is ordered, then the things it is done to, then what is new about them.
function spoken(command: Spoken, words: Words, told?: Told): string {
  const list = LISTS[command.type];
  const reason =
    list && typeof command['reason'] === 'string'
      ? (words.vocabulary[list] as Record<string, string>)[command['reason']]
      : undefined;
  const milestone =
    typeof command['milestone'] === 'string'
      ? words.vocabulary.Milestone[command['milestone'] as keyof Words['vocabulary']['Milestone']]
      : undefined;
  const things = [
    command['vehicles'],
    command['vehicle'],
    command['task'],
    command['incident'],
    command['to_incident'],
    command['to'],
  ].flat();
  const named_ = things.map((thing) => (typeof thing === 'string' ? named(thing, words, told) : thing));
  const at = typeof command['truly_at'] === 'number' ? clockTime(command['truly_at']) : undefined;
  return [
    ordered(command.type, words),
    ...named_,
    milestone,
    at,
    changed(command['changes'], words),
    reason,
    command['note'],
    command['text'],
  ]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
}

// The log's word is of what has happened; in English an order is another word, which stands on its button.
function ordered(type: CommandType, { language, labels, log }: Words): string {
  const button = language === 'en' ? (labels as Partial<Record<CommandType, string>>)[type] : undefined;
  return button ?? log[COMMANDS[type].event] ?? type;
}

function changed(changes: unknown, { vocabulary }: Words): string | undefined {
  const priority = (changes as { priority?: Incident['facts']['priority'] } | undefined)?.priority;
  return priority !== undefined && PRIORITIES.includes(priority) ? `→ ${vocabulary.Priority[priority]}` : undefined;
}

function named(id: string, words: Words, told?: Told): string {
  if (!told) return id;
  const incident = told.incidents.get(id);
  if (incident) return inFull(incident, words, told);
  const vehicle = told.vehicles.get(id);
  if (vehicle) return `${vehicle.call_sign} ${id}`.trim();
  const centre = told.centres.find((it) => it.id === id);
  if (centre) return `${centre.code} ${inLanguageOf(words, centre)}`.trim();
  // yinchuan-12.t1: the task is known by its vehicle and its incident.
  const of = [...told.incidents.values()].find(({ tasks }) => tasks.some((task) => task.id === id));
  const task = of?.tasks.find((it) => it.id === id);
  return of && task ? `${named(task.vehicle, words, told)} ${inFull(of, words, told)}` : id;
}

const inLanguageOf = ({ language }: Words, { name_zh, name_en }: { name_zh: string; name_en: string }): string =>
  language === 'en' && name_en !== '' ? name_en : name_zh;

function inFull({ id, facts }: Incident, { vocabulary, screen, language }: Words, { centres }: Told): string {
  const about = [vocabulary.Priority[facts.priority], facts.scene.address, facts.complaint]
    .filter((part) => part !== '')
    .join(' · ');
  const bracketed = language === 'en' ? ` (${about})` : `（${about}）`;
  return `${facts.test ? `${screen.queue.test} ` : ''}${shortNumber(id, centres)}${bracketed}`;
}
