// What the crew looks for on the map: where it goes, the next turn, and itself. A mark says in words what it is.
import { paintText, textBox } from '/map-labels.js';
import { KEYS } from '/map-view.js';
import { say } from '/words.js';

const RADIUS = 13;
const EDGE = 24;
const SIGNS = { scene: '!', waiting: 'P', hospital: 'H', station: 'S' };
const COLOUR = { scene: 'scene', waiting: 'scene', hospital: 'hospital', station: 'station' };
// Slower than a walk a receiver's course points anywhere.
const MOVES_MPS = 1.5;

/** The places of the order or of the move, each { what, lon, lat, words }. */
export function placesOf({ order, route, move_to: to, state }, chosen, map) {
  const named = (layer, id) => map?.names.find((it) => it.layer === layer && it.id === id);
  const at = (what, position, words) => (position ? [{ what, lon: position.lon, lat: position.lat, words }] : []);
  if (!order) return to && !to.reached_at ? at('station', named('station', to.station), to.name) : [];
  const hospital = chosen ?? { id: order.destination, name: order.destination_name };
  const last = route?.goal === 'hospital' ? route.points.at(-1) : null;
  const where = last ? { lon: last[0], lat: last[1] } : named('hospital', hospital.id);
  const waiting = order.waiting?.position ? order.waiting : null;
  // Nobody drives back to where the patient was.
  const isOver = ['patient_on_board', 'at_hospital'].includes(state);
  return [
    ...(isOver ? [] : at('scene', order.scene.position, say('scene'))),
    ...(isOver ? [] : at('waiting', waiting?.position, say('waiting_place'))),
    ...at('hospital', where, hospital.name || say('ms_at_hospital')),
  ];
}

export function paintPlace(context, view, mark, taken, colours) {
  const { what, lon, lat, words } = mark;
  const [x, y] = [view.x(lon), view.y(lat)];
  if (x < 0 || y < 0 || x > view.width || y > view.height) return paintBeyond(context, view, mark, taken, colours);
  const colour = colours[COLOUR[what]];
  context.beginPath();
  if (what === 'scene') {
    // A pin, whose point is the place.
    context.moveTo(x, y);
    context.arc(x, y - 2 * RADIUS, RADIUS + 2, 0.8 * Math.PI, 2.2 * Math.PI);
    context.closePath();
  } else context.roundRect(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS, 6);
  context.fillStyle = colour;
  context.strokeStyle = colours.edge;
  context.lineWidth = 3;
  context.stroke();
  context.fill();
  const middle = what === 'scene' ? y - 2 * RADIUS : y;
  paintText(context, SIGNS[what], x, middle + 1, 18, colours.onMark, colour, 900);
  const below = y + (what === 'scene' ? RADIUS + 2 : 2 * RADIUS + 4);
  paintText(context, words, x, below, 18, colour, colours.ground, 800);
  taken.take([x - RADIUS, middle - RADIUS, x + RADIUS, y + RADIUS]);
  taken.take(textBox(context, words, x, below, 18, 800));
}

// At the edge, pointing to what lies beyond it; above the keys.
function paintBeyond(context, view, { what, lon, lat }, taken, colours) {
  const [dx, dy] = [view.x(lon) - view.width / 2, view.y(lat) - view.height / 2];
  const below = view.height / 2 - EDGE - (dy > 0 ? KEYS : 0);
  const share = Math.min((view.width / 2 - EDGE) / Math.abs(dx || 1), below / Math.abs(dy || 1));
  if (share <= 0) return;
  const [x, y] = [view.width / 2 + dx * share, view.height / 2 + dy * share];
  context.save();
  context.translate(x, y);
  context.rotate(Math.atan2(dy, dx));
  context.beginPath();
  context.moveTo(20, 0);
  context.lineTo(-10, 16);
  context.lineTo(-10, -16);
  context.closePath();
  context.fillStyle = colours[COLOUR[what]];
  context.strokeStyle = colours.edge;
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.stroke();
  context.fill();
  context.restore();
  paintText(context, SIGNS[what], x, y + 1, 16, colours.onMark, colours[COLOUR[what]], 900);
  taken.take([x - 20, y - 20, x + 20, y + 20]);
}

/** Where the next turn is: a ring around it on the line. */
export function paintTurn(context, view, { lon, lat }, colours) {
  context.beginPath();
  context.arc(view.x(lon), view.y(lat), 11, 0, 2 * Math.PI);
  context.fillStyle = colours.edge;
  context.fill();
  context.lineWidth = 6;
  context.strokeStyle = colours.route;
  context.stroke();
}

/** The vehicle: an arrow where it drives, a disc where it stands; grey, hollow and with its age when that is old. */
export function paintOwn(context, view, fix, age, taken, colours) {
  const [x, y] = [view.x(fix.lon), view.y(fix.lat)];
  const colour = age ? colours.old : colours.own;
  context.save();
  context.translate(x, y);
  context.beginPath();
  if (fix.heading_deg !== null && fix.speed_mps > MOVES_MPS) {
    context.rotate((fix.heading_deg * Math.PI) / 180);
    context.moveTo(0, -22);
    context.lineTo(15, 16);
    context.lineTo(0, 8);
    context.lineTo(-15, 16);
    context.closePath();
  } else context.arc(0, 0, 12, 0, 2 * Math.PI);
  context.lineJoin = 'round';
  context.lineWidth = 7;
  context.strokeStyle = age ? colours.edge : colours.route;
  context.stroke();
  context.fillStyle = age ? colours.ground : colour;
  context.fill();
  if (age) {
    context.lineWidth = 3;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.restore();
  taken.take([x - 20, y - 22, x + 20, y + 22]);
  if (!age) return;
  paintText(context, age, x, y + 36, 18, colour, colours.ground, 800);
  taken.take(textBox(context, age, x, y + 36, 18, 800));
}
