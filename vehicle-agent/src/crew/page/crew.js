// Who is on the vehicle: one line to read, and a sheet with a row for each seat to sign on.
import { make } from '/order.js';
import { say } from '/words.js';

const ROLES = ['driver', 'doctor', 'nurse', 'stretcher_bearer'];
const SHIFTS = ['day', 'evening', 'night', 'full_day'];
// What the agent takes.
const MOST_MEMBERS = 8;
const MOST_CHARS = 40;
// Whoever signed on here once needs only the card's number the next time.
const KNOWN = 'crewKnown';
const MOST_KNOWN = 100;

/** The crew in words; empty where nobody has said who is on it. */
export const crewInWords = (crew = []) =>
  crew.map(({ name, role }) => `${name} (${say(`role_${role}`)})`).join(say('comma'));

function known() {
  try {
    return new Map(JSON.parse(localStorage.getItem(KNOWN) ?? '[]'));
  } catch {
    return new Map();
  }
}

function remember(crew) {
  const all = known();
  for (const { person, name, role } of crew) {
    all.delete(person);
    all.set(person, { name, role });
  }
  localStorage.setItem(KNOWN, JSON.stringify([...all].slice(-MOST_KNOWN)));
}

const options = (words, of, chosen) =>
  words.map((word) => make('option', { value: word, selected: word === chosen }, say(`${of}_${word}`)));

function row({ person, name, role }, number) {
  const field = (key, value, more) =>
    make('input', {
      value,
      maxLength: MOST_CHARS,
      placeholder: say(key),
      ariaLabel: say(`${key}_of`, { n: number }),
      ...more,
    });
  const roles = make('select', { ariaLabel: say('role_of', { n: number }) }, ...options(ROLES, 'role', role));
  const names = field('crew_name', name, { autocomplete: 'off' });
  const card = field('crew_card', person === name ? '' : person, { inputMode: 'numeric', autocomplete: 'off' });
  card.oninput = () => {
    const met = known().get(card.value.trim());
    if (!met || names.value.trim()) return;
    names.value = met.name;
    roles.value = met.role;
  };
  const read = () => {
    const written = names.value.trim() || card.value.trim();
    return written && { person: card.value.trim() || written, name: written, role: roles.value };
  };
  return { read, nodes: [roles, card, names] };
}

/** Opens the sheet over `dialog`; `signOn` takes the crew that was written, which may be nobody. The vehicle's log is opened from it. */
export function askCrew(dialog, crew, signOn, openLog) {
  const missing = ROLES.filter((role) => !crew.some((member) => member.role === role));
  const lines = [...crew, ...missing.map((role) => ({ person: '', name: '', role }))].slice(0, MOST_MEMBERS);
  const rows = lines.map((member, index) => row(member, index + 1));
  const shift = crew.find((member) => member.shift)?.shift ?? '';
  const shifts = make(
    'select',
    { ariaLabel: say('shift') },
    make('option', { value: '' }, say('shift_none')),
    ...options(SHIFTS, 'shift', shift),
  );
  const form = make(
    'form',
    { class: 'crew' },
    make('label', { class: 'wide' }, `${say('shift')} `, shifts),
    ...rows.flatMap(({ nodes }) => nodes),
    make('button', { type: 'submit', class: 'wide' }, say('crew_save')),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const written = rows.map(({ read }) => read()).filter(Boolean);
    remember(written);
    signOn(written.map((member) => (shifts.value ? { ...member, shift: shifts.value } : member)));
  };
  dialog.replaceChildren(
    make('h2', { id: 'chooser-title' }, say('crew_title')),
    form,
    make('button', { type: 'button', onclick: openLog }, say('log_title')),
    make('button', { type: 'button', class: 'back', onclick: () => dialog.close() }, say('back')),
  );
  if (!dialog.open) dialog.showModal();
}
