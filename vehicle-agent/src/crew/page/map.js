// The map of the way, north up. It follows the vehicle or shows the whole route, and is drawn between two frames, only
// when what it shows has changed; presses never wait for it.
import { now, OLD_FIX_MS } from '/draw.js';
import { COLOURS } from '/map-colours.js';
import { isMissing, storedMap } from '/map-data.js';
import { paintNames, takenBoxes } from '/map-labels.js';
import { paintOwn, paintPlace, paintTurn, placesOf } from '/map-marks.js';
import { paintGround, paintRoute } from '/map-paint.js';
import { viewAt, viewOver, withinBounds } from '/map-view.js';
import { distanceInWords, turnAhead } from '/route.js';
import { languageTag, say } from '/words.js';

// Pixels a degree: six metres each, so that the next crossings are seen.
const USUAL_SCALE = 18_000;
// Unless the crew says otherwise the next turn is in sight, in steps of a key, so that nothing swims.
const [FARTHEST_BY_ITSELF, NEAREST_BY_ITSELF] = [5000, 58_000];
const TURN_WITHIN = 0.4;
const STEP = 1.8;
const MOST_PIXELS = 3;
// Below this height there is no room for keys, and below the other none for a picture.
const KEYS_FROM = 150;
const SEEN_FROM = 60;
const DIRECTIONS = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'];

const at = (id) => document.getElementById(id);
const canvas = document.querySelector('#map canvas');
const narrow = matchMedia('(orientation: portrait), (max-width: 760px)');
const chosen = { scale: null, whole: false };
let scaleNow = USUAL_SCALE;
let shown = null;
let hospital = null;
let drawn = '';
let isAsked = false;

/** Shows this picture on the map; `chosenHospital` is the crew's own choice for the order, if it made one. */
export function drawMap(picture, chosenHospital) {
  shown = picture;
  hospital = chosenHospital;
  place();
  const { fix, order, route, move_to: to } = picture;
  const hasPlaces = Boolean(fix || order?.scene.position || route || (to && picture.map));
  at('map').hidden = !hasPlaces;
  if (!hasPlaces) return;
  drawWords();
  askForPaint();
}

// Beside the order where the screen is wide. Where it is not, below the words of a new one, and above them on the way.
function place() {
  const { order, order_stage: stage } = shown;
  const after = !narrow.matches || !order ? at('steps') : stage === 'acknowledged' ? null : at('order');
  if (after ? at('map').previousElementSibling === after : at('sheet').firstElementChild === at('map')) return;
  if (after) after.after(at('map'));
  else at('sheet').prepend(at('map'));
}

const ageOf = ({ fix }) => (fix ? now(shown) - fix.received_at_ms : null);
const isOld = (age) => age !== null && age > OLD_FIX_MS;

function ageInWords(age) {
  if (!isOld(age)) return null;
  return age < 120_000
    ? say('seconds_ago', { n: Math.round(age / 1000) })
    : say('minutes_ago', { n: Math.round(age / 60_000) });
}

// What a glance must give: the next turn, large, and how far it is.
function drawWords() {
  const { route, ahead, map } = shown;
  const old = isOld(ageOf(shown)) || !shown.fix;
  const turn = old ? null : ahead?.turn;
  const offRoute = !old && route?.steps.length > 0 && !turn;
  at('next-turn').hidden = !turn && !offRoute;
  at('next-turn').className = turn ? '' : 'off';
  at('next-turn').textContent = turn ? turnAhead(route.steps[turn.step], turn.metres) : say('off_route');
  at('map-note').textContent = isMissing(map) ? say('no_map') : '';
  at('nearer').ariaLabel = say('nearer');
  at('farther').ariaLabel = say('farther');
  at('whole').textContent = say('whole_route');
  at('whole').hidden = wholePlaces().length < 2;
  at('whole').ariaPressed = String(chosen.whole);
  canvas.ariaLabel = goalInWords();
}

function goalInWords() {
  const goal = isOld(ageOf(shown)) ? null : shown.ahead?.goal;
  if (!goal) return say('map');
  const direction = say(`to_${DIRECTIONS[Math.round(goal.bearing_deg / 45) % 8]}`);
  const what = say(
    shown.state === 'patient_on_board' ? 'ms_at_hospital' : shown.order.waiting ? 'waiting_place' : 'scene',
  );
  return say('map_goal', { what, direction, distance: distanceInWords(goal.metres) });
}

const stored = () => storedMap(shown.map, () => drawMap(shown, hospital));
const places = () => placesOf(shown, hospital, stored());

// The route with what stands at its ends; at rest the vehicle and the place it is to wait at.
function wholePlaces() {
  const { route, fix } = shown;
  const marks = places().filter(({ what }) => !route || what !== 'hospital' || route.goal === 'hospital');
  return [...(route?.points ?? []), ...marks.map(({ lon, lat }) => [lon, lat]), ...(fix ? [[fix.lon, fix.lat]] : [])];
}

function askForPaint() {
  if (isAsked || !shown) return;
  isAsked = true;
  requestAnimationFrame(() => {
    isAsked = false;
    paintIfChanged();
  });
}

function paintIfChanged() {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  at('map').classList.toggle('small', at('map').clientHeight < KEYS_FROM);
  at('map').classList.toggle('none', at('map').clientHeight < SEEN_FROM);
  if (at('map').hidden || width === 0 || height < SEEN_FROM) return;
  const map = stored();
  const pixels = Math.min(MOST_PIXELS, devicePixelRatio || 1);
  const theme = document.documentElement.dataset.theme === 'day' ? 'day' : 'night';
  const age = ageInWords(ageOf(shown));
  const turn = isOld(ageOf(shown)) ? null : shown.ahead?.turn?.step;
  const { fix, route } = shown;
  const what = { marks: places(), fix, age, turn, theme, pixels, width, height, made: route?.made_at, ...chosen };
  const key = JSON.stringify([what, languageTag(), map ? shown.map : null]);
  if (key === drawn) return;
  drawn = key;
  const [wide, high] = [Math.round(width * pixels), Math.round(height * pixels)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const context = canvas.getContext('2d', { alpha: false });
  context.setTransform(pixels, 0, 0, pixels, 0, 0);
  paint(context, what, map);
}

function paint(context, { marks, fix, age, turn, theme, width, height }, map) {
  const colours = COLOURS[theme];
  const view = viewNow(marks, width, height);
  scaleNow = view.scale;
  const taken = takenBoxes();
  const roads = paintGround(context, view, map, colours);
  const { route } = shown;
  if (route) paintRoute(context, view, route, colours);
  const step = route?.steps[turn];
  if (step) paintTurn(context, view, step.position, colours);
  for (const mark of marks) paintPlace(context, view, mark, taken, colours);
  if (fix) paintOwn(context, view, fix, age, taken, colours);
  const language = languageTag() === 'en' ? 1 : 0;
  const names = map ? paintNames(context, view, map, roads, language, taken, colours) : 0;
  // For whoever looks whether it was drawn.
  const parts = [route && 'route', step && 'turn', ...marks.map((mark) => mark.what), fix && (age ? 'old' : 'own')];
  Object.assign(canvas.dataset, {
    parts: parts.filter(Boolean).join(' '),
    roads: roads.length,
    names,
    scale: Math.round(view.scale),
  });
}

function viewNow(marks, width, height) {
  const all = wholePlaces();
  if (chosen.whole && all.length > 1) return viewOver(all, USUAL_SCALE * STEP, width, height);
  const { fix } = shown;
  const scale = chosen.scale ?? scaleByItself(shown, width, height);
  if (fix) return viewAt(fix, scale, width, height);
  const [lon, lat] = all[0] ?? [marks[0].lon, marks[0].lat];
  return viewAt({ lon, lat }, scale, width, height);
}

// The next turn well inside the picture.
function scaleByItself({ fix, route, ahead }, width, height) {
  const turn = route?.steps[ahead?.turn?.step]?.position;
  if (!turn) return USUAL_SCALE;
  const far = Math.hypot((turn.lon - fix.lon) * Math.cos((fix.lat * Math.PI) / 180), turn.lat - fix.lat);
  const wanted = (TURN_WITHIN * Math.min(width, height)) / Math.max(far, 1e-6);
  const steps = Math.floor(Math.log(wanted / USUAL_SCALE) / Math.log(STEP));
  return Math.min(NEAREST_BY_ITSELF, Math.max(FARTHEST_BY_ITSELF, USUAL_SCALE * STEP ** steps));
}

function zoom(factor) {
  chosen.scale = withinBounds(scaleNow * factor);
  follow(false);
}

function follow(whole) {
  chosen.whole = whole;
  if (!shown) return;
  drawWords();
  askForPaint();
}

at('nearer').onclick = () => zoom(STEP);
at('farther').onclick = () => zoom(1 / STEP);
function switchWhole() {
  chosen.scale = null;
  follow(!chosen.whole);
}

at('whole').onclick = switchWhole;
addEventListener('keydown', ({ key, target }) => {
  if (['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) || at('chooser').open) return;
  if (key === '+' || key === '=') zoom(STEP);
  if (key === '-') zoom(1 / STEP);
  if (key === '0') switchWhole();
});
narrow.onchange = () => shown && drawMap(shown, hospital);
new ResizeObserver(askForPaint).observe(canvas);
