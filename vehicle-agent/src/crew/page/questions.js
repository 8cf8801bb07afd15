// What positions show of the vehicle's movement, as questions to its crew.
import { make } from '/order.js';
import { say } from '/words.js';

// The step of the big button for an arrival, where the two have different names.
const STEP_OF = { back_at_station: 'returned_to_station' };
const button = (key, onclick) => make('button', { type: 'button', onclick }, say(key));

// A driver may know a better way; a detour that lasts this long is asked about, once for each route.
const DETOUR_MS = 30_000;
const FRESH_MS = 10_000;
const ON_THE_WAY = ['to_scene', 'patient_on_board'];
let offRouteSince = null;

// By the agent's clock alone: what was heard before the page was opened does not count.
function isLongOffRoute({ state, route, ahead, fix, taken_at_ms: now }) {
  const isOff =
    ON_THE_WAY.includes(state) &&
    route?.steps.length > 0 &&
    ahead &&
    !ahead.turn &&
    now - fix.received_at_ms < FRESH_MS;
  offRouteSince = isOff ? (offRouteSince ?? now) : null;
  return offRouteSince !== null && now - offRouteSince >= DETOUR_MS;
}

// What positions show and nobody pressed is asked, never written. A step that a question answers is the step of the big
// button, with what is told along with it.
export function questions(picture, local, actions) {
  const { order, next, proposal, movements } = picture;
  const of = (what) => `${what} ${order?.task ?? picture.state}`;
  const asked = [];
  const isNext = next && (next.milestone ?? next.step) === (STEP_OF[proposal] ?? proposal);
  if (proposal && isNext && local.declined !== of(proposal)) {
    const pressed =
      next.step === 'milestone'
        ? { type: 'milestone', task: next.task, milestone: next.milestone, ...told(next, order, local) }
        : { type: next.step };
    asked.push([
      'propose',
      say(`propose_${proposal}`),
      of(proposal),
      button(`yes_${proposal}`, () => actions.press(pressed)),
      button('not_yet', () => actions.decline(of(proposal))),
    ]);
  }
  if (movements?.includes('idling') && !proposal && order && local.declined !== of('idling'))
    asked.push([
      'propose',
      say('ask_idling'),
      of('idling'),
      button('all_is_well', () => actions.decline(of('idling'))),
      button('abort', () => actions.chooseAbort(order.task)),
    ]);
  const detour = `off_route ${picture.route?.made_at}`;
  if (isLongOffRoute(picture) && local.declined !== detour)
    asked.push([
      'propose',
      say('ask_off_route'),
      detour,
      button('other_way', () => actions.decline(detour)),
      button('messages', actions.writeToCentre),
    ]);
  if (movements?.includes('outside_region')) asked.push(['', say('outside_region'), 'outside_region']);
  return asked;
}

// The hospital that the crew chose, or at arrival the one that the order named.
export function told(step, order, local) {
  const chosen = local.hospital?.task === order?.task ? local.hospital?.id : null;
  const hospital =
    step.milestone === 'at_hospital' ? (chosen ?? order?.destination) : step.milestone === 'left_scene' ? chosen : null;
  return hospital ? { details: { hospital } } : {};
}
