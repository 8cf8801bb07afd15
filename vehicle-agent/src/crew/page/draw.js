// Draws one picture. Everything on the screen follows from it; nothing is remembered here.
import { batteryInWords } from '/battery.js';
import { crewInWords } from '/crew.js';
import { faultsOf } from '/log.js';
import { troubleInWords } from '/link.js';
import { newestUnread, sosAnswer, unread, unreadInWords } from '/messages.js';
import { changedParts, drawFollowing, drawMove, drawOrder, make, newestChange } from '/order.js';
import { questions, told } from '/questions.js';
import { drawRoute } from '/route.js';
import { hourAndMinute, inZone } from '/time.js';
import { canSpeak, isOn } from '/voice.js';
import { has, inBoth, languageTag, say } from '/words.js';

// State letters, so that colour is never the only sign; the same digits that the centre uses.
const DIGITS = {
  task_assigned: '0',
  order_received: '1',
  to_scene: '2',
  at_scene: '3',
  patient_on_board: '4',
  at_hospital: '5',
  available_on_road: '6',
  available_at_station: '7',
  off_duty: '8',
  paused: '9',
  expired: '!',
};
export const OLD_FIX_MS = 10_000;
// What a vehicle does in each state, in the groups of the console, which holds this list to its own.
const GROUP = {
  task_assigned: 'on_task',
  order_received: 'on_task',
  to_scene: 'on_task',
  at_scene: 'on_task',
  patient_on_board: 'on_task',
  at_hospital: 'at_hospital',
  available_on_road: 'on_road',
  available_at_station: 'at_station',
  off_duty: 'off_duty',
  paused: 'paused',
};
const isFree = (state) => ['on_road', 'at_station'].includes(GROUP[state]);
const isAway = (state) => ['off_duty', 'paused'].includes(GROUP[state]);
// From its departure to the hospital a crew may choose which one.
const CHOOSES_HOSPITAL = {
  task_assigned: false,
  order_received: false,
  to_scene: true,
  at_scene: true,
  patient_on_board: true,
  at_hospital: false,
  available_on_road: false,
  available_at_station: false,
  off_duty: false,
  paused: false,
};
const at = (id) => document.getElementById(id);

// The terminal's clock as it was set when the picture was taken, run on: a step of it since moves nothing.
export const now = (picture) => picture.taken_at_ms + performance.now() - picture.got_at;

export function draw(picture, local, actions) {
  document.documentElement.lang = languageTag();
  inZone(picture.time_zone_minutes);
  const state = picture.order_stage === 'expired' ? 'expired' : picture.state;
  document.body.className = state ? `s-${state}` : '';
  drawHead(picture);
  at('letter').textContent = DIGITS[state] ?? '?';
  at('state-name').textContent = say(state ?? 'waiting_for_centre');
  at('state-note').textContent = stateNote(picture);
  replaceKept(at('alerts'), alerts(picture, local, actions), picture);
  drawExercise(picture);
  drawOrder(at('order'), picture.order, picture.order_stage);
  drawFollowing(at('following'), picture.following);
  drawMove(at('move'), picture);
  drawRoute(at('route'), picture.route, picture.ahead?.turn?.step);
  document.querySelector('main').classList.toggle('alone', !picture.order);
  replaceKept(at('steps'), steps(picture, local, actions), picture);
  // A finger that taps twice must not take the next step as well.
  const next = document.querySelector('#steps .next');
  if (next) next.disabled = actions.tooSoon();
  replaceKept(at('others'), others(picture, local, actions), picture);
}

/** The page as it opens while the agent does not answer: nothing is known, and nothing can be pressed. */
export function drawAlone() {
  document.documentElement.lang = languageTag();
  at('letter').textContent = '!';
  at('state-name').textContent = say('page_alone');
  at('state-note').textContent = say('page_alone_note');
}

// In both languages at once: who drives must not depend on the language that the last crew left.
function drawExercise({ vehicle, exercise, order }) {
  const said = exercise ? inBoth('exercise_system') : order?.exercise ? inBoth('exercise_bar') : '';
  at('exercise').hidden = said === '';
  at('exercise').textContent = said;
  document.documentElement.classList.toggle('drill', Boolean(exercise));
  document.title = [exercise && say('exercise'), vehicle, 'Helan'].filter(Boolean).join(' · ');
}

export function drawHead(picture) {
  at('vehicle').textContent = picture.vehicle ?? say('unknown_vehicle');
  at('link').className = picture.link;
  at('link').textContent = say(`link_${picture.link}`);
  at('stored').className = picture.waiting_commands > 0 ? 'waiting' : '';
  at('stored').textContent =
    picture.waiting_commands > 0 ? say('stored', { n: picture.waiting_commands }) : say('all_sent');
  const age = picture.fix ? now(picture) - picture.fix.received_at_ms : null;
  at('gps').className = age === null || age > OLD_FIX_MS ? 'old' : '';
  at('gps').textContent =
    age === null ? say('gps_none') : age > OLD_FIX_MS ? say('gps_old', { n: Math.round(age / 1000) }) : say('gps_ok');
  at('clock').textContent = hourAndMinute(now(picture) + picture.clock_behind_ms);
  const battery = batteryInWords();
  at('battery').hidden = battery === null;
  at('battery').className = battery?.isLow ? 'low' : '';
  at('battery').textContent = battery?.text ?? '';
  at('more').ariaLabel = say('settings');
  at('voice').hidden = !canSpeak();
  at('voice').textContent = say(isOn() ? 'voice_on' : 'voice_off');
  at('language').textContent = say('other_language');
  at('theme').textContent = say(document.documentElement.dataset.theme === 'day' ? 'theme_night' : 'theme_day');
}

function stateNote(picture) {
  if (!picture.state) return say('waiting_note');
  if (GROUP[picture.state] === 'paused' && picture.pause) return say(picture.pause);
  if (picture.waiting_commands > 0) return say('unsent_note');
  if (picture.order) return '';
  if (picture.ended?.how === 'finished') return say('ended_finished');
  return [crewInWords(picture.crew), faultsOf(picture.log)].filter(Boolean).join(' · ');
}

function alert(style, text, id, ...buttons) {
  return [`${style} ${text} ${id ?? ''}`, make('div', { class: `alert ${style}` }, make('p', {}, text), ...buttons)];
}

function alerts(picture, local, actions) {
  const button = (key, onclick) => make('button', { type: 'button', onclick }, say(key));
  const shown = [];
  if (local.lost) shown.push(alert('bad', say('page_lost')));
  if (picture.storage_failing) shown.push(alert('bad', say('storage_failing')));
  if (picture.receiver_date_wrong) shown.push(alert('bad', say('receiver_date_wrong')));
  if (picture.unstored_commands > 0) shown.push(alert('bad', say('unstored', { n: picture.unstored_commands })));
  if (renewalToTell(picture, local)) {
    const { reason, moved, again, missing, at_ms } = picture.renewal;
    const text = [
      say('renewed', { why: say(`renewed_${reason}`) }),
      moved > 0 ? say('renewed_moved', { n: moved }) : '',
      again > 0 ? say('renewed_again', { n: again }) : '',
      missing > 0 ? say('renewed_missing', { n: missing }) : '',
    ]
      .filter(Boolean)
      .join(' ');
    shown.push(
      alert(
        missing > 0 ? 'bad' : '',
        text,
        at_ms,
        button('close', () => actions.closeRenewal(at_ms)),
      ),
    );
  }
  const answer = sosAnswer(picture, local.sosAnswerSeen);
  if (local.sos !== null && !answer)
    shown.push(
      alert(
        'bad',
        say(centreHas(local.sos, picture) ? 'sos_received' : 'sos_sent'),
        'sos',
        button('close', actions.closeSos),
      ),
    );
  if (answer) {
    const text = say('sos_answered', { note: answer.note, time: hourAndMinute(answer.at) });
    shown.push(
      alert(
        'changed',
        text,
        answer.at,
        button('close', () => actions.closeSosAnswer(answer.at)),
      ),
    );
  }
  if (local.message)
    shown.push(alert(local.bad ? 'bad' : '', local.message, 'message', button('close', actions.closeMessage)));
  if (changesToSee(picture)) {
    const { task } = picture.order;
    const seen = () =>
      actions.press({
        type: 'acknowledge_change',
        task,
        through: newestChange(picture.order),
      });
    shown.unshift(
      alert(
        'changed',
        say('changed', { what: changedParts(picture.order) }),
        newestChange(picture.order),
        button('seen_change', seen),
      ),
    );
  }
  const { following } = picture;
  if (nextToSee(picture)) {
    const seen = () => actions.press({ type: 'acknowledge_next', incident: following.incident });
    shown.push(
      alert(
        'changed',
        say(following.changed_at ? 'next_changed' : 'next_new', {
          where: following.waiting?.address || following.scene.address,
          what: following.complaint,
        }),
        `${following.incident} ${following.changed_at}`,
        button('seen_next', seen),
      ),
    );
  }
  if (moveToSee(picture)) {
    const { station, name } = picture.move_to;
    const seen = () => actions.press({ type: 'acknowledge_move', station });
    shown.push(alert('changed', say('move_new', { name }), `move ${station}`, button('seen_move', seen)));
  }
  if (unread(picture).length > 0) {
    const through = newestUnread(picture);
    const seen = () => actions.press({ type: 'read_messages', through });
    shown.push(alert('changed', unreadInWords(picture), `message ${through}`, button('seen_message', seen)));
  }
  if (calledBack(picture, local))
    shown.unshift(
      alert(
        'bad called-back',
        say(`ended_${picture.ended.how}`),
        picture.ended.task,
        button('close', () => actions.closeEnded(picture.ended.task)),
      ),
    );
  for (const refusal of picture.refusals) {
    const why = has(refusal.code) ? say(refusal.code) : refusal.message;
    shown.push(
      alert(
        'bad',
        say('refused', { what: nameOf(refusal.command), why }),
        refusal.number,
        button('close', () => actions.closeRefusal(refusal.number)),
      ),
    );
  }
  shown.push(...questions(picture, local, actions).map((question) => alert(...question)));
  if (countsAsAway(picture)) shown.unshift(alert('bad', say('counts_as_away', { state: say(picture.state) }), 'away'));
  if (picture.contested) shown.push(alert('contested', say('contested')));
  if (picture.order_stage === 'expired') shown.push(alert('bad', say('stage_expired')));
  if (local.silent) shown.push(alert('', say('silent'), 'silent', button('allow_sound', actions.allowSound)));
  if (picture.link !== 'online' && picture.link_trouble)
    shown.push(alert('', say('link_trouble', { why: troubleInWords(picture.link_trouble) })));
  if (picture.dropped_fixes > 0) shown.push(alert('', say('dropped', { n: picture.dropped_fixes })));
  return shown;
}

// The centre took the order away: the crew must notice, a small line is not enough.
export function calledBack(picture, local) {
  return ['cancelled', 'diverted', 'aborted'].includes(picture.ended?.how) && local.endedSeen !== picture.ended.task;
}

// What changed in an order that the crew has acknowledged; before that the acknowledgement says both.
export function changesToSee({ order, order_stage: stage }) {
  return stage === 'acknowledged' && (order?.changes?.length ?? 0) > 0;
}

// The crew had gone off duty or paused before the order was given: the centre expects nobody until the crew takes it.
const countsAsAway = ({ state, order, contested }) => Boolean(order) && !contested && isAway(state);

// Whether the centre has the call for help is what a crew in danger wants to know. Only a picture from after the press
// can tell it, or the centre's own word, which may come before the answer to the press.
const centreHas = (pressedAt, { got_at: gotAt, waiting_commands: waiting, sos }) =>
  waiting === 0 && (gotAt > pressedAt || Boolean(sos?.since));

export const moveToSee = ({ move_to: to, order }) => Boolean(to) && !to.acknowledged && !order;
export const nextToSee = ({ following }) => Boolean(following?.expires_at) && !following.acknowledged;

// A change to new numbers is told until the crew closes it.
function renewalToTell(picture, local) {
  return picture.renewal && local.renewalSeen !== picture.renewal.at_ms;
}

function nameOf(crewCommand) {
  if (crewCommand.milestone)
    return (crewCommand.type === 'undo' ? `${say('pressed_undo')} ` : '') + say(`ms_${crewCommand.milestone}`);
  const names = {
    pause: 'pause',
    resume: 'press_resume',
    off_duty: 'go_off_duty',
    on_duty: 'press_on_duty',
    returned_to_station: 'press_returned_to_station',
    abort: 'abort',
    sos: 'pressed_sos',
    sign_on: 'crew',
    log_vehicle: 'log_title',
    acknowledge_move: 'seen_move',
    write_to_centre: 'messages',
    read_messages: 'seen_message',
  };
  return say(names[crewCommand.type] ?? crewCommand.type);
}

function steps(picture, local, actions) {
  const shown = [];
  const step = picture.order_stage === 'expired' ? null : picture.next;
  if (step) {
    const key = step.step === 'milestone' ? step.milestone : step.step;
    const pressed =
      step.step === 'milestone'
        ? {
            type: 'milestone',
            task: step.task,
            milestone: step.milestone,
            ...told(step, picture.order, local),
          }
        : { type: step.step };
    // How many were brought is asked at the end, when nobody waits for it any more.
    const asksHospital = key === 'at_hospital' && !pressed.details && picture.order?.hospitals?.length > 0;
    const press =
      key === 'finished'
        ? () => actions.chooseCarried(pressed)
        : asksHospital
          ? () => actions.chooseHospital(pressed)
          : () => actions.press(pressed);
    const style = key === 'order_received' ? 'next acknowledge' : 'next';
    shown.push([
      `next ${key} ${pressed.details?.hospital ?? ''}`,
      make('button', { type: 'button', class: style, onclick: press }, stepWords(key, picture)),
    ]);
  } else if (!picture.order && picture.state) {
    shown.push(['quiet', make('p', { class: 'quiet' }, say('no_step'))]);
  }
  const left = picture.undo ? Math.ceil((picture.undo.until_ms - now(picture)) / 1000) : 0;
  if (left > 0) {
    const pressed = {
      type: 'undo',
      task: picture.undo.task,
      milestone: picture.undo.milestone,
    };
    const text = say('undo', {
      what: say(`ms_${picture.undo.milestone}`),
      n: left,
    });
    const button = make('button', { type: 'button', class: 'undo', onclick: () => actions.press(pressed) }, text);
    button.dataset.counts = 'down';
    shown.push([`undo ${picture.undo.milestone}`, button]);
  }
  return shown;
}

// Whoever set out for another station presses for that one, and reads its name on the button.
function stepWords(key, { move_to: to }) {
  const waits = key === 'returned_to_station' && to?.acknowledged && !to.reached_at && !to.own;
  return waits ? say('press_standby', { name: to.name }) : say(`press_${key}`);
}

function others(picture, local, actions) {
  const button = (key, onclick) => [key, make('button', { type: 'button', onclick }, say(key))];
  const shown = [];
  if (picture.order && picture.order_stage !== 'expired')
    shown.push(button('abort', () => actions.chooseAbort(picture.order.task)));
  if (picture.order?.hospitals?.length > 0 && CHOOSES_HOSPITAL[picture.state]) {
    const chosen = local.hospital?.task === picture.order.task ? local.hospital.name : null;
    const text = chosen ? say('hospital_chosen', { name: chosen }) : say('hospital_choose');
    shown.push([
      `hospital ${chosen}`,
      make('button', { type: 'button', onclick: () => actions.chooseHospital(null) }, text),
    ]);
  }
  if (!picture.order && isFree(picture.state)) {
    shown.push(button('pause', actions.choosePause));
    shown.push(button('go_off_duty', actions.chooseOffDuty));
  }
  if (!picture.order && picture.state) shown.push(button('crew', actions.chooseCrew));
  if (picture.state) shown.push(button('messages', actions.writeToCentre));
  const sos = make('button', { type: 'button', class: 'sos' }, make('span', {}, say('sos')));
  actions.holdToPress(sos, { type: 'sos' });
  shown.push(['sos', sos]);
  return shown;
}

// Leaves what has not changed in place: a button under a finger must not be swapped.
function replaceKept(place, pairs, picture) {
  pairs.forEach(([name, node], index) => {
    node.dataset.key = `${languageTag()} ${picture.order?.task ?? ''} ${name}`;
    const old = place.children[index];
    if (!old) place.append(node);
    else if (old.dataset.key !== node.dataset.key) old.replaceWith(node);
    else if (node.dataset.counts) old.textContent = node.textContent;
  });
  while (place.children.length > pairs.length) place.lastChild.remove();
}
