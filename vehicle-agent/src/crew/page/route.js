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

function distance(metres) {
  return metres < 1000
    ? say('metres_n', { n: Math.round(metres / 10) * 10 })
    : say('kilometres_n', { n: (metres / 1000).toFixed(1) });
}

function stepLine(step) {
  const turn = say(`turn_${step.turn}`) + (step.exit ? ` · ${say('exit_n', { n: step.exit })}` : '');
  const line = make(
    'li',
    {},
    make('span', { class: 'arrow', ariaHidden: 'true' }, ARROWS[step.turn] ?? '·'),
    make('span', { class: 'turn' }, [turn, step.street].filter(Boolean).join(' ')),
  );
  if (step.metres > 0) line.append(make('span', { class: 'metres' }, distance(step.metres)));
  return line;
}

export function drawRoute(place, route) {
  place.hidden = !route;
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
