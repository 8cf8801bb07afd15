// Words between the crew and its centre: what was written and read, and a sheet to ask for help or to tell something.
import { make } from '/order.js';
import { hourAndMinute } from '/time.js';
import { say } from '/words.js';

const NEEDS = ['another_vehicle', 'intensive_care', 'police', 'fire_brigade'];
// What crews say most, at one touch; the centre reads it in the language of this screen.
const TEMPLATES = [
  'tell_road_blocked',
  'tell_not_found',
  'tell_no_answer',
  'tell_stairs',
  'tell_hospital',
  'tell_later',
];
const MOST_CHARS = 500;
const SHOWN = 8;
// Whoever comes back later need not be told any more that a call for help was answered.
const SOS_TOLD_MS = 10 * 60_000;

/** What the centre wrote and the crew has not read, oldest first. */
export const unread = ({ messages = [] }) => messages.filter(({ from, seen_at: seen }) => from === 'centre' && !seen);

/** The words of what is unread, as they are shown and said. */
export const unreadInWords = (picture) =>
  say('from_centre', {
    text: unread(picture)
      .map(({ text }) => text)
      .join(' · '),
  });

/** Through which number the crew reads. */
export const newestUnread = (picture) => Math.max(...unread(picture).map(({ number }) => number));

/** The answer to the last call for help, until the crew closes it. */
export function sosAnswer({ sos, taken_at_ms: now }, closed) {
  const at = sos?.answered_at;
  return at && !sos.since && at !== closed && now - at < SOS_TOLD_MS ? { at, note: sos.note ?? '' } : null;
}

function standing({ from, number, seen_at: seen }) {
  if (from === 'centre') return seen ? say('you_read', { time: hourAndMinute(seen) }) : '';
  if (number === 0) return say('message_sending');
  return seen ? say('centre_saw', { time: hourAndMinute(seen) }) : say('centre_has');
}

function line(message) {
  const words = [message.need && say(`need_${message.need}`), message.text].filter(Boolean).join(' · ');
  const head = [hourAndMinute(message.at), say(`by_${message.from}`), standing(message)].filter(Boolean).join(' · ');
  return make('li', { class: message.from }, make('span', { class: 'quiet' }, head), make('p', {}, words));
}

/** Opens the sheet over `dialog`; `press` takes what the crew writes. */
export function writeToCentre(dialog, { messages = [] }, press) {
  const write = (need, text) =>
    press({ type: 'write_to_centre', ...(need ? { need } : {}), ...(text ? { text } : {}) });
  const needs = NEEDS.map((need) =>
    make(
      'button',
      { type: 'button', class: 'need', onclick: () => write(need, text.value.trim()) },
      say(`need_${need}`),
    ),
  );
  const text = make('textarea', { maxLength: MOST_CHARS, rows: 2, ariaLabel: say('message_words') });
  text.placeholder = say('message_words');
  const templates = TEMPLATES.map((key) =>
    make('button', { type: 'button', onclick: () => write(null, say(key)) }, say(key)),
  );
  const form = make('form', { class: 'message' }, text, make('button', { type: 'submit' }, say('message_send')));
  form.onsubmit = (event) => {
    event.preventDefault();
    if (text.value.trim()) write(null, text.value.trim());
  };
  const latest = [...messages].slice(-SHOWN).reverse().map(line);
  dialog.replaceChildren(
    // Not into the field: a keyboard that slides up would cover half of the keys.
    make('h2', { id: 'chooser-title', tabIndex: -1, autofocus: true }, say('messages_title')),
    make('h3', {}, say('needs_title')),
    make('div', { class: 'choices' }, ...needs),
    make('h3', {}, say('tell_title')),
    make('div', { class: 'choices' }, ...templates),
    form,
    ...(latest.length > 0
      ? [make('h3', {}, say('messages_latest')), make('ul', { class: 'messages' }, ...latest)]
      : []),
    make('button', { type: 'button', class: 'back', onclick: () => dialog.close() }, say('back')),
  );
  const buttons = dialog.querySelectorAll('.choices button');
  return [...buttons];
}
