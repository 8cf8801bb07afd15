// The way as a list of turns with distances, for reading; it is stored, so it needs no network.
import { make } from '/order.js';
import { say } from '/words.js';

// Arrows beside the words, never instead of them.
const ARROWS = {
  depart: '●',
  depart_turning_round: '↶',
  continue: '↑',
  slight_right: '↗',
  right: '→',
  sharp_right: '↘',
  turn_back: '↶',
  sharp_left: '↙',
  left: '←',
  slight_left: '↖',
  roundabout: '⟳',
  enter_expressway: '⇑',
  leave_expressway: '⇗',
  arrive: '◎',
};

export function distanceInWords(metres) {
  return metres < 1000
    ? say('metres_n', { n: Math.round(metres / 10) * 10 })
    : say('kilometres_n', { n: (metres / 1000).toFixed(1) });
}

const arrowOf = ({ turn }) => ARROWS[turn] ?? '·';

function words({ turn, exit, street }) {
  const what = say(`turn_${turn}`) + (exit ? ` · ${say('exit_n', { n: exit })}` : '');
  return [what, street].filter(Boolean).join(' ');
}

/** The next turn for a glance: which way, how far, and then onto what. */
export const turnAhead = (step, metres) => `${arrowOf(step)} ${distanceInWords(metres)} · ${words(step)}`;

function stepLine(step) {
  const line = make(
    'li',
    {},
    make('span', { class: 'arrow', ariaHidden: 'true' }, arrowOf(step)),
    make('span', { class: 'turn' }, words(step)),
  );
  if (step.metres > 0) line.append(make('span', { class: 'metres' }, distanceInWords(step.metres)));
  return line;
}

/** Draws the list of turns; `next` is the number of the one that comes next, where that is known. */
export function drawRoute(place, route, next) {
  place.hidden = !route;
  drawList(place, route);
  place.querySelectorAll('li').forEach((line, index) => line.classList.toggle('ahead', index === next));
}

function drawList(place, route) {
  const key = route ? `${document.documentElement.lang} ${route.task} ${route.made_at}` : '';
  // A list that is being scrolled is not swapped for the same one.
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  if (!route) return place.replaceChildren();
  const head = say('route_title', {
    km: (route.metres / 1000).toFixed(1),
    n: Math.max(1, Math.round(route.seconds / 60)),
  });
  const straight = route.method === 'straight_line' ? make('p', { class: 'quiet' }, say('route_straight')) : null;
  place.replaceChildren(
    make('h2', {}, head),
    ...(straight ? [straight] : []),
    make('ol', {}, ...route.steps.map(stepLine)),
  );
}
