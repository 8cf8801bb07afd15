// The log of the vehicle: how the crew took it over, and what it refuelled. One line to read, and a sheet to write in.
import { make } from '/order.js';
import { dayAndTime } from '/time.js';
import { say } from '/words.js';

// In the order in which a crew walks round its vehicle.
const CHECKS = [
  'driving',
  'tyres',
  'lights_and_siren',
  'communication',
  'stretcher',
  'oxygen',
  'defibrillator',
  'ventilator',
  'monitor',
  'suction',
  'drugs',
  'consumables',
  'protection',
  'cleanliness',
];
// What the agent takes.
const MOST_KM = 2_000_000;
const MOST_LITRES = 500;

/** What was found wrong as the vehicle was taken over; empty where nothing was. */
export const faultsOf = ({ checked } = {}) =>
  checked?.entry.faults?.length ? say('faulty', { what: faultsInWords(checked.entry.faults) }) : '';

const faultsInWords = (faults = []) => faults.map((it) => say(`check_${it}`)).join(say('comma'));

/** How the vehicle was taken over; empty where nobody has written it down. */
export function logInWords({ checked } = {}) {
  if (!checked) return '';
  const { odometer_km: km, fuel_percent: percent, faults, note } = checked.entry;
  return [
    say('checked_at', { at: dayAndTime(checked.at), km }),
    percent == null ? null : say('fuel_at', { percent }),
    faults?.length ? say('faulty', { what: faultsInWords(faults) }) : say('all_in_order'),
    note,
  ]
    .filter(Boolean)
    .join(' · ');
}

const lastOdometer = ({ checked, refuelled } = {}) =>
  Math.max(0, ...[checked, refuelled].filter(Boolean).map(({ entry }) => entry.odometer_km));

// The words stay above the figure: a number alone says nothing at a second look.
function figure(key, more) {
  const input = make('input', { type: 'number', inputMode: 'decimal', autocomplete: 'off', ...more });
  return { input, field: make('label', {}, say(key), input) };
}

// A smaller number than the last is taken, once the crew has seen that it is smaller.
function warnOfLess(input, log) {
  const last = lastOdometer(log);
  const warning = make('p', { class: 'wide warning', role: 'status' });
  input.oninput = () => {
    const isLess = input.value !== '' && Number(input.value) < last;
    warning.textContent = isLess ? say('odometer_less', { km: last }) : '';
  };
  return warning;
}

const whole = (input) => Math.round(Number(input.value));

function checkForm(log, write) {
  const odometer = figure('odometer', { required: true, min: 0, max: MOST_KM, step: 1 });
  const fuel = figure('fuel_percent', { min: 0, max: 100, step: 1 });
  const note = make('input', { maxLength: 200, placeholder: say('check_note'), ariaLabel: say('check_note') });
  // A press marks what is wrong: a crew that finds everything in order presses nothing.
  const faults = new Set(log?.checked?.entry.faults ?? []);
  const keys = CHECKS.map((check) => {
    const key = make(
      'button',
      { type: 'button', class: 'check', ariaPressed: String(faults.has(check)) },
      say(`check_${check}`),
    );
    key.onclick = () => {
      if (!faults.delete(check)) faults.add(check);
      key.ariaPressed = String(faults.has(check));
    };
    return key;
  });
  const form = make(
    'form',
    { class: 'log' },
    odometer.field,
    fuel.field,
    warnOfLess(odometer.input, log),
    make('p', { class: 'wide quiet' }, say('press_what_is_wrong')),
    ...keys,
    note,
    make('button', { type: 'submit', class: 'wide save' }, say('log_save')),
  );
  note.className = 'wide';
  form.onsubmit = (event) => {
    event.preventDefault();
    write({
      type: 'checked',
      odometer_km: whole(odometer.input),
      ...(fuel.input.value === '' ? {} : { fuel_percent: whole(fuel.input) }),
      faults: CHECKS.filter((check) => faults.has(check)),
      ...(note.value.trim() === '' ? {} : { note: note.value.trim() }),
    });
  };
  return form;
}

function fuelForm(log, write) {
  const litres = figure('litres', { required: true, min: 0.1, max: MOST_LITRES, step: 'any' });
  const odometer = figure('odometer', { required: true, min: 0, max: MOST_KM, step: 1 });
  const form = make(
    'form',
    { class: 'log' },
    litres.field,
    odometer.field,
    warnOfLess(odometer.input, log),
    make('button', { type: 'submit', class: 'wide save' }, say('refuelled_save')),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    write({ type: 'refuelled', litres: Number(litres.input.value), odometer_km: whole(odometer.input) });
  };
  return form;
}

/** Opens the sheet over `dialog`; `write` takes the entry. */
export function askLog(dialog, log, write) {
  const filled = log?.refuelled;
  dialog.replaceChildren(
    make('h2', { id: 'chooser-title' }, say('log_title')),
    make('p', { class: 'quiet' }, logInWords(log) || say('nobody_checked')),
    checkForm(log, write),
    make('h3', {}, say('refuelled')),
    ...(filled
      ? [
          make(
            'p',
            { class: 'quiet' },
            say('refuelled_at', {
              at: dayAndTime(filled.at),
              litres: filled.entry.litres,
              km: filled.entry.odometer_km,
            }),
          ),
        ]
      : []),
    fuelForm(log, write),
    make('button', { type: 'button', class: 'back', onclick: () => dialog.close() }, say('back')),
  );
  if (!dialog.open) dialog.showModal();
}
