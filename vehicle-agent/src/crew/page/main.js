// Takes pictures from the agent, gives presses back. The agent is the truth; the page keeps only
// what concerns this screen.
import { keepPage } from '/app.js';
import { onBattery } from '/battery.js';
import { askCrew } from '/crew.js';
import { calledBack, changesToSee, draw, drawAlone, drawHead, moveToSee, nextToSee } from '/draw.js';
import { askLog } from '/log.js';
import { drawMap } from '/map.js';
import { unread, writeToCentre } from '/messages.js';
import { make, newestChange } from '/order.js';
import { canSound, chime, onSound, ring } from '/sound.js';
import { sayNews, switchVoice } from '/voice.js';
import { has, say, switchLanguage } from '/words.js';

// Marks that turn the direction of writing: an order written before they were taken off may hold some.
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

const SOS_HOLD_MS = 1500;
// A tap in a moving vehicle often comes twice; nobody takes two steps of a task within this time.
const STEP_GUARD_MS = 1000;
const CHOICE_GUARD_MS = 600;
// The centre's answer to one's own press comes within this time; what comes later is news.
const OWN_PRESS_MS = 5000;
const HOSPITALS_SHOWN = 9;
const PAUSES = ['fuel', 'meal', 'repair', 'disinfection', 'restock', 'other'];
// What one ambulance can carry, sitting and lying; a bus would be told in a note.
const CARRIED = [0, 1, 2, 3, 4, 5];
const LEFT_BEHIND = ['treated_at_scene', 'refused_transport', 'dead_at_scene', 'not_found', 'carried_by_others'];
const ABORTS = [
  'vehicle_breakdown',
  'road_accident',
  'road_blocked',
  'gone_on_arrival',
  'patient_refused',
  'crew_unable',
  'sent_by_mistake',
  'other',
];
const local = {
  lost: false,
  message: '',
  bad: false,
  silent: false,
  sos: null,
  declined: null,
  hospital: storedHospital(),
  stepKey: null,
  stepSince: 0,
  pressedAt: 0,
  inFlight: new Set(),
  endedSeen: localStorage.getItem('endedSeen'),
  renewalSeen: null,
  sosAnswerSeen: null,
};
const chooser = document.getElementById('chooser');
let picture = null;
let displayed = null;

function storedHospital() {
  try {
    return JSON.parse(localStorage.getItem('hospital') ?? 'null');
  } catch {
    return null;
  }
}

async function post(path, body) {
  return fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

function tell(message, bad) {
  local.message = message;
  local.bad = bad;
  show();
}

const actions = {
  // The same press twice before the first is stored is one press.
  async press(crewCommand) {
    chooser.close();
    const body = JSON.stringify(crewCommand);
    if (local.inFlight.has(body)) return;
    local.inFlight.add(body);
    local.pressedAt = performance.now();
    // Who acknowledges an order has seen it with what had changed in it by then, not with what comes before the answer.
    const acknowledges = crewCommand.milestone === 'order_received' && picture.order?.changes?.length;
    const seen = acknowledges ? newestChange(picture.order) : null;
    try {
      const answer = await post('/press', crewCommand);
      // A crew that ends the order itself need not be told.
      if (answer.ok && crewCommand.type === 'abort') actions.closeEnded(crewCommand.task);
      if (answer.ok && seen !== null) {
        await post('/press', { type: 'acknowledge_change', task: crewCommand.task, through: seen });
      }
      if (answer.ok && crewCommand.type === 'sos') {
        local.sos = performance.now();
        // What was answered before was another call.
        local.sosAnswerSeen = picture.sos?.answered_at ?? null;
      }
      if (answer.ok && crewCommand.type === 'write_to_centre') tell(say('message_stored'), false);
      if (answer.ok) return show();
      const refusal = answer.status === 409 ? await answer.json() : { code: 'not_stored' };
      tell(has(refusal.code) ? say(refusal.code) : refusal.message, true);
    } catch {
      tell(say('not_stored'), true);
    } finally {
      local.inFlight.delete(body);
    }
  },
  tooSoon: () => performance.now() - local.stepSince < STEP_GUARD_MS,
  allowSound: () => show(),
  chooseHospital(step) {
    const { task, destination, destination_name: name, hospitals } = picture.order;
    const wanted = destination ? [{ id: destination, name: name ?? destination }] : [];
    const all = [...wanted, ...hospitals.filter(({ id }) => id !== destination)].slice(0, HOSPITALS_SHOWN);
    const choices = all.map((hospital) => [
      inWords({ ...hospitals.find(({ id }) => id === hospital.id), ...hospital }),
      () => {
        actions.setHospital(task, hospital);
        if (step) actions.press({ ...step, details: { hospital: hospital.id } });
      },
    ]);
    choose('hospital_title', step ? [...choices, ['hospital_other', step]] : choices);
  },
  setHospital(task, { id, name }) {
    local.hospital = { task, id, name };
    localStorage.setItem('hospital', JSON.stringify(local.hospital));
    chooser.close();
    show();
  },
  closeMessage: () => tell('', false),
  closeSos() {
    local.sos = null;
    show();
  },
  closeSosAnswer(at) {
    local.sosAnswerSeen = at;
    local.sos = null;
    show();
  },
  closeRefusal: (number) => post('/refusals/close', { number }),
  closeEnded(task) {
    local.endedSeen = task;
    localStorage.setItem('endedSeen', task);
    show();
  },
  closeRenewal(at) {
    local.renewalSeen = at;
    show();
  },
  decline(question) {
    local.declined = question;
    show();
  },
  choosePause: () =>
    choose(
      'pause_title',
      PAUSES.map((reason) => [reason, { type: 'pause', reason }]),
    ),
  chooseAbort: (task) =>
    choose(
      'abort_title',
      ABORTS.map((reason) => [reason, { type: 'abort', task, reason }]),
    ),
  // Who carried fewer than were reported is asked for the others: a patient nobody speaks of waits at the scene.
  chooseCarried: (step) =>
    choose(
      'carried_title',
      CARRIED.map((count) => [count === 0 ? 'carried_none' : 'carried_n', () => carried(step, count), { n: count }]),
    ),
  chooseCrew: () => askCrew(chooser, picture.crew, (crew) => actions.press({ type: 'sign_on', crew }), actions.openLog),
  openLog: () => askLog(chooser, picture.log, (entry) => actions.press({ type: 'log_vehicle', entry })),
  writeToCentre: () => openChooser(writeToCentre(chooser, picture, (message) => actions.press(message))),
  chooseOffDuty: () => choose('off_duty_title', [['yes_off_duty', { type: 'off_duty' }]]),
  holdToPress(button, crewCommand) {
    let timer = null;
    const release = () => {
      clearTimeout(timer);
      button.classList.remove('held');
    };
    const hold = () => {
      button.classList.add('held');
      clearTimeout(timer);
      timer = setTimeout(() => {
        release();
        actions.press(crewCommand);
      }, SOS_HOLD_MS);
    };
    button.addEventListener('pointerdown', hold);
    for (const end of ['pointerup', 'pointerleave', 'pointercancel', 'keyup', 'blur'])
      button.addEventListener(end, release);
    button.addEventListener('keydown', (event) => {
      if (!event.repeat && (event.key === 'Enter' || event.key === ' ')) hold();
    });
    button.addEventListener('contextmenu', (event) => event.preventDefault());
  },
};

// By road from the patient, as the centre reckons it; a way that nobody knows has no minutes.
const inWords = ({ name, seconds, treats }) =>
  [name, seconds && say('minutes_n', { n: Math.max(1, Math.round(seconds / 60)) }), treats && say('treats')]
    .filter(Boolean)
    .join(' · ');

function carried(step, count) {
  const left = (picture?.order?.patient_count ?? count) - count;
  const pressed = (patients) => ({ ...step, details: { patients_carried: count, ...(patients ? { patients } : {}) } });
  // Where other vehicles are too, their crews speak of theirs; what nobody tells, the centre asks.
  if (left <= 0 || picture.order.with_vehicles?.length) return actions.press(pressed());
  const choices = LEFT_BEHIND.map((what) => [what, pressed({ [what]: left })]);
  choose('left_title', [...choices, ['still_waiting', pressed()]], { n: left });
}

function choose(title, choices, titleValues) {
  const buttons = choices.map(([key, crewCommand, values]) =>
    make(
      'button',
      { type: 'button', onclick: typeof crewCommand === 'function' ? crewCommand : () => actions.press(crewCommand) },
      say(key, values),
    ),
  );
  chooser.replaceChildren(
    make('h2', { id: 'chooser-title' }, say(title, titleValues)),
    make('div', { class: 'choices' }, ...buttons),
    make('button', { type: 'button', class: 'back', onclick: () => chooser.close() }, say('back')),
  );
  openChooser(buttons);
}

// The second tap of a double tap lands where a choice has just appeared.
function openChooser(buttons) {
  for (const button of buttons) button.disabled = true;
  setTimeout(() => buttons.forEach((button) => (button.disabled = false)), CHOICE_GUARD_MS);
  if (!chooser.open) chooser.showModal();
}

// The tune that asks for an answer, the gravest first; nothing while nobody is asked.
function wanted() {
  if (calledBack(picture, local)) return 'called_back';
  if (picture.order_stage === 'new' || picture.order_stage === 'overdue') return 'order';
  if (changesToSee(picture)) return 'changed';
  return nextToSee(picture) || moveToSee(picture) || unread(picture).length > 0 ? 'next' : null;
}

// What the crew did not press itself and what asks for no answer is told by one sound.
function soundNews(before) {
  if (!before || performance.now() - local.pressedAt < OWN_PRESS_MS) return;
  const told = ({ state, order, contested, move_to: to }) =>
    JSON.stringify([state, to?.station, order?.task, order?.reached?.length, contested, order?.with_vehicles]);
  if (told(before) !== told(picture)) chime('next');
}

function guardStep() {
  const { next, order } = picture;
  const key = next ? `${next.step} ${next.milestone ?? ''} ${order?.task ?? ''}` : null;
  if (key === local.stepKey) return;
  local.stepKey = key;
  local.stepSince = performance.now();
  setTimeout(show, STEP_GUARD_MS + 20);
}

function show() {
  if (!picture) return;
  guardStep();
  ring(wanted());
  sayNews(picture, { called: calledBack(picture, local), changed: changesToSee(picture), next: nextToSee(picture) });
  // Said from the start, not only when an order is there and nobody hears it.
  local.silent = !canSound();
  draw(picture, local, actions);
  showMap();
  // Told only after it is drawn: this is what the centre takes for "on the screen".
  if (picture.order_stage === 'new' && displayed !== picture.order.task && !document.hidden) {
    const task = picture.order.task;
    requestAnimationFrame(() =>
      post('/displayed', { task }).then(
        () => {
          displayed = task;
        },
        () => {},
      ),
    );
  }
}

function showMap() {
  drawMap(picture, local.hospital?.task === picture.order?.task ? local.hospital : null);
}

// Settings stand behind one key where there is no room for them.
function openSettings(open) {
  document.getElementById('settings').classList.toggle('open', open);
  document.getElementById('more').ariaExpanded = String(open);
}

const heard = keepPage(() => !chooser.open);
const pictures = new EventSource('/pictures');
pictures.onopen = heard;
pictures.onmessage = (event) => {
  const before = picture;
  picture = JSON.parse(event.data.replace(TURNING, ''));
  picture.got_at = performance.now() - picture.age_ms;
  local.lost = false;
  soundNews(before);
  show();
};
pictures.onerror = () => {
  local.lost = true;
  if (picture) show();
  else drawAlone();
};
document.getElementById('more').onclick = ({ target }) => openSettings(target.ariaExpanded !== 'true');
document.getElementById('settings').onclick = () => openSettings(false);
addEventListener('keydown', ({ key, target }) => {
  if (key === 'Escape') openSettings(false);
  if (key === 'v' && !['INPUT', 'TEXTAREA'].includes(target.tagName)) document.getElementById('voice').click();
});
document.getElementById('voice').onclick = () => {
  switchVoice(picture ?? {});
  if (picture) drawHead(picture);
};
document.getElementById('language').onclick = () => {
  switchLanguage();
  if (chooser.open) chooser.close();
  show();
};
document.getElementById('theme').onclick = () => {
  const day = document.documentElement.dataset.theme === 'day';
  document.documentElement.dataset.theme = day ? 'night' : 'day';
  localStorage.setItem('theme', day ? 'night' : 'day');
  if (!picture) return;
  drawHead(picture);
  showMap();
};
document.documentElement.dataset.theme =
  localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: light)').matches ? 'day' : 'night');
onSound(show);
onBattery(() => picture && drawHead(picture));
document.addEventListener('visibilitychange', show);
setInterval(() => {
  if (picture) {
    drawHead(picture);
    showMap();
    if (picture.undo || document.querySelector('.undo')) show();
  }
}, 1000);
