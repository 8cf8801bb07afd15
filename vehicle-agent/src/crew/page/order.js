// The order as a sheet: what a driver must read in one glance stands first and large.
import { placeLinks } from '/place-links.js';
import { dayAndTime, hourAndMinute } from '/time.js';
import { say } from '/words.js';

export function make(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === 'class') node.className = value;
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Parts of an order as the centre names what changed; kind and priority stand in the heading.
const PARTS = {
  scene: 'scene',
  waiting: 'waiting_place',
  destination: 'destination',
  complaint: 'complaint',
  appointment: 'appointment',
  contact: 'phone',
  patient: 'patient',
  patient_count: 'patients',
  stretcher: 'patients',
  special_needs: 'special_needs',
  notes: 'notes',
  with_vehicles: 'with_vehicles',
  kind: 'kind',
  priority: 'priority',
};

/** The changed parts in words, each once. */
export const changedParts = (order) =>
  [...new Set((order?.changes ?? []).map(({ part }) => partInWords(part, order)))].join(say('comma'));

// An exercise that became a real call changes its kind, and that it is real is the news.
const partInWords = (part, { exercise }) =>
  part === 'kind'
    ? say('kind_now', { kind: say(exercise ? 'exercise' : 'real') })
    : say(part === 'special_needs' ? 'needs_and_hazards' : (PARTS[part] ?? part));

export const newestChange = (order) => Math.max(...order.changes.map(({ version }) => version));

function patient(order) {
  const age = order.patient_age_years ?? null;
  return [
    order.patient_name,
    order.patient_sex && order.patient_sex !== 'unknown' ? say(order.patient_sex) : null,
    age === null ? null : say('years_n', { n: age }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** What may harm the crew; nothing where nobody said so. */
export const hazardsInWords = ({ hazards = [] }) => hazards.map((it) => say(`hazard_${it}`)).join(say('comma'));

function rows(order) {
  const patients = say('patients_n', { n: order.patient_count }) + (order.stretcher ? ` · ${say('stretcher')}` : '');
  return [
    ['scene', order.scene.address, 'main'],
    ['waiting_place', order.waiting?.address, 'main'],
    ['hazards', hazardsInWords(order), 'main danger'],
    ['appointment', order.appointment_at ? dayAndTime(order.appointment_at) : null, 'main'],
    ['complaint', order.complaint, 'main'],
    ['special_needs', order.special_needs, 'main'],
    ['phone', order.phone, 'main'],
    ['patient', patient(order)],
    ['patients', patients],
    ['contact', order.contact_name],
    ['destination', order.destination_name ?? order.destination],
    ['with_vehicles', order.with_vehicles?.join('、')],
  ];
}

// A number as a telephone takes it; the words around it are for reading.
const dialled = (phone) => phone.replace(/[^\d+*#]/g, '');

// One touch rings the caller back; the number itself stays to be read to the centre.
function valueOf(key, value) {
  if (key !== 'phone' || !dialled(value)) return value;
  return make('a', { href: `tel:${dialled(value)}`, ariaLabel: say('call', { phone: value }) }, value);
}

const mark = () => make('span', { class: 'mark' }, say('changed_mark'));

// Where the vehicle is to go, for whoever drives by another map.
function maps({ scene, waiting }) {
  const to = waiting?.position ? waiting : scene;
  if (!to.position) return [];
  const link = ([key, href]) => make('a', { href, target: '_blank', rel: 'noopener' }, say(key));
  return [make('nav', { class: 'maps', ariaLabel: say('maps') }, ...placeLinks(to.position, to.address).map(link))];
}

export function drawOrder(place, order, stage) {
  place.hidden = !order;
  if (!order) return place.replaceChildren();
  place.className = stage === 'new' || stage === 'overdue' ? 'fresh' : stage === 'expired' ? 'dead' : '';
  const kind = order.kind === 'other' ? 'kind_other' : order.kind;
  const changed = new Set((order.changes ?? []).map(({ part }) => PARTS[part]));
  if (changed.has('phone')) changed.add('contact');
  // One part of the order: which of the two changed is not said, and neither is shown as cleared beside the other.
  if (changed.has('special_needs')) changed.add('hazards');
  const list = make('dl');
  for (const [key, value, style] of rows(order)) {
    // What was cleared is a change too, and says so.
    if (!value && !changed.has(key)) continue;
    if (!value && (key === 'contact' || key === 'patient' || key === 'hazards')) continue;
    if (!value && key === 'special_needs' && order.hazards) continue;
    list.append(
      make('dt', {}, say(key)),
      make(
        'dd',
        { class: `${style ?? ''}${changed.has(key) ? ' new' : ''}` },
        changed.has(key) ? mark() : null,
        value ? valueOf(key, value) : say('cleared'),
      ),
    );
  }
  const notes = order.notes ?? [];
  const lines = notes.map((note, index) =>
    make(
      'li',
      { class: changed.has('notes') && index === notes.length - 1 ? 'new' : '' },
      changed.has('notes') && index === notes.length - 1 ? mark() : null,
      note,
    ),
  );
  const times = [
    ['created', order.created_at],
    ...order.reached
      .filter((reached) => reached.milestone !== 'created')
      .map((reached) => [reached.milestone, reached.at]),
  ];
  const heading = [order.exercise && say('exercise'), say(`stage_${stage}`), say(order.priority), say(kind)]
    .filter(Boolean)
    .join(' · ');
  place.replaceChildren(
    make(
      'h2',
      { class: changed.has('kind') || changed.has('priority') ? 'new' : '' },
      changed.has('kind') || changed.has('priority') ? mark() : null,
      heading,
    ),
    make('p', { class: 'number' }, say('number', { n: order.number ?? order.incident })),
    list,
    ...maps(order),
    ...(lines.length > 0 ? [make('ul', { class: 'notes', ariaLabel: say('notes') }, ...lines)] : []),
    make(
      'ul',
      { id: 'times' },
      ...times.map(([milestone, at]) => make('li', {}, `${hourAndMinute(at)} ${say(`ms_${milestone}`)}`)),
    ),
  );
}

// What comes after this order: named, so that the crew can plan, and smaller, so that nobody drives there yet.
export function drawFollowing(place, next) {
  place.hidden = !next;
  if (!next) return place.replaceChildren();
  const kind = next.kind === 'other' ? 'kind_other' : next.kind;
  place.className = next.expires_at && !next.acknowledged ? 'fresh' : '';
  const note = next.expires_at
    ? say(next.acknowledged ? 'next_seen' : 'next_until', { time: hourAndMinute(next.expires_at) })
    : say('next_waits');
  place.replaceChildren(
    make(
      'h2',
      {},
      !next.acknowledged && next.changed_at ? mark() : null,
      [next.exercise && say('exercise'), say('next_order'), say(next.priority), say(kind)].filter(Boolean).join(' · '),
    ),
    make(
      'p',
      {},
      `${say('number', { n: next.number ?? next.incident })} · ${next.waiting?.address || next.scene.address}`,
    ),
    make('p', { class: 'quiet' }, `${next.complaint} · ${note}`),
  );
}

// Where the crew is to wait while it is free. An order goes before it.
export function drawMove(place, { move_to: to, order }) {
  place.hidden = !to || Boolean(order);
  if (place.hidden) return place.replaceChildren();
  place.className = to.acknowledged ? '' : 'fresh';
  const note = to.reached_at ? 'move_reached' : to.acknowledged ? 'move_under_way' : 'move_given';
  const time = hourAndMinute(to.reached_at ?? to.given_at);
  place.replaceChildren(
    make('h2', {}, say('move_to', { name: to.name })),
    make('p', { class: 'quiet' }, say(note, { time })),
  );
}
