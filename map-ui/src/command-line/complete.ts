import { MILESTONES, type Milestone } from '../api/types';
import { REASONS } from '../commands/reasons';
import type { Words } from '../i18n/language.svelte';
import { plain, shortNumber } from './names';
import type { Known, ListName, ReasonKind } from './reader';
import { VERBS, type Verb } from './words';

export interface Completion {
  // What the last word becomes.
  word: string;
  // What it stands for, for the eye.
  about: string;
}

// As many as are read at one look.
const OFFERED = 7;

const REASON_OF: Partial<Record<Verb, [ReasonKind, ListName]>> = {
  cancel: ['cancel', 'CancelReason'],
  suspend: ['suspend', 'SuspendReason'],
  refuse: ['refuse', 'RefuseReason'],
  abort: ['abort', 'AbortReason'],
  divert: ['divert', 'DivertReason'],
  pause: ['pause', 'PauseReason'],
};
const WITH_MILESTONE: readonly Verb[] = ['reach', 'correct'];
const WITH_CENTRE: readonly Verb[] = ['lend'];
// After these the rest of the line is a person's own words.
const OWN_WORDS: readonly Verb[] = ['note', 'new'];
// And after these and a vehicle.
const OWN_WORDS_TO: readonly Verb[] = ['tell'];

// What the last word of a line may become, the likeliest first; nothing for one that is whole already.
export function completions(line: string, known: Known, words: Words, language: 'zh' | 'en'): Completion[] {
  const typed = line.replace(/^[/／]\s*/, '').split(/\s+/);
  const last = plain(typed.at(-1) ?? '');
  if (last === '') return [];
  const offered = typed.length === 1 ? verbs(language) : things(verbCalled(typed[0] ?? ''), typed.length, known, words);
  const found = offered.filter(
    ({ word, about }) =>
      plain(word).startsWith(last) ||
      plain(word)
        .replace(/[-_\s]/g, '')
        .startsWith(last) ||
      (typed.length > 1 && plain(about).startsWith(last)),
  );
  return found.filter(({ word }) => plain(word) !== last).slice(0, OFFERED);
}

// The line with its last word replaced, ready for the next one.
export const completed = (line: string, { word }: Completion): string => `${line.replace(/\S+$/, '')}${word} `;

const verbs = (language: 'zh' | 'en'): Completion[] =>
  Object.values(VERBS).flatMap(({ zh, en, usage }) => [...zh, ...en].map((word) => ({ word, about: usage[language] })));

const verbCalled = (word: string): Verb | undefined =>
  (Object.keys(VERBS) as Verb[]).find((verb) =>
    [...VERBS[verb].zh, ...VERBS[verb].en].some((it) => plain(it) === plain(word)),
  );

function things(verb: Verb | undefined, typed: number, known: Known, { vocabulary }: Words): Completion[] {
  if (verb === undefined || OWN_WORDS.includes(verb)) return [];
  const vehicles = [...known.vehicles.values()].map(({ id, call_sign }) => ({ word: id, about: call_sign }));
  if (OWN_WORDS_TO.includes(verb)) return typed === 2 ? vehicles : [];
  const open = [...known.incidents.values()].map(({ id, facts }) => ({
    word: shortNumber(id, known.centres),
    about: `${vocabulary.Priority[facts.priority]} ${facts.scene.address}`,
  }));
  const reason = REASON_OF[verb];
  const names = reason ? (vocabulary[reason[1]] as Record<string, string>) : {};
  const reasons = reason
    ? REASONS[reason[0]].map((it) => ({ word: (names[it] ?? it).replace(/\s/g, ''), about: it }))
    : [];
  const milestones = WITH_MILESTONE.includes(verb)
    ? MILESTONES.slice(1).map((it: Milestone) => ({ word: vocabulary.Milestone[it].replace(/\s/g, ''), about: it }))
    : [];
  const centres = WITH_CENTRE.includes(verb)
    ? known.centres.map(({ code, name_zh }) => ({ word: code, about: name_zh }))
    : [];
  return [...reasons, ...milestones, ...centres, ...vehicles, ...open];
}
