import type { Map as MapLibre } from 'maplibre-gl';
import { COVERAGE_IMAGES } from './coverage-images';
import { PRIORITIES, type Incident, type Priority } from '../api/types';

const RATIO = 2;

export type OpenStage = Exclude<Incident['stage'], 'closed' | 'cancelled' | 'refused'>;

// A full sign wants a decision, an open one does not; the form tells which. Every stage has one: an incident without a
// feed would not be on the map.
export const SIGNS: Record<OpenStage, { form: 'diamond' | 'triangle' | 'ring' | 'square'; full: boolean }> = {
  waiting: { form: 'diamond', full: true },
  not_received: { form: 'triangle', full: true },
  to_decide: { form: 'ring', full: true },
  running: { form: 'ring', full: false },
  suspended: { form: 'square', full: false },
  appointment: { form: 'triangle', full: false },
};
const STAGES = Object.keys(SIGNS) as OpenStage[];

const NUMERAL: Record<Priority, string> = { critical: 'I', severe: 'II', urgent: 'III', non_urgent: 'IV' };
const COLOUR: Record<Priority, string> = {
  critical: '#ff4d4d',
  severe: '#ff9d2e',
  urgent: '#ffe04d',
  non_urgent: '#c3ccd5',
};

export const incidentIcon = ({ stage, facts }: Incident): string => `incident-${stage}-${facts.priority}`;

export function addImages(map: MapLibre): void {
  for (const stage of STAGES)
    for (const priority of PRIORITIES)
      add(map, `incident-${stage}-${priority}`, 30, (c) => drawIncident(c, stage, priority));
  for (const [name, draw] of COVERAGE_IMAGES) add(map, name, 16, draw);
  add(map, 'station', 20, drawStation);
  add(map, 'hospital', 18, drawHospital);
  add(map, 'picked', 34, drawPicked);
  add(map, 'hatch-closed', 16, (c) => drawHatch(c, '#ff5252', true));
  add(map, 'hatch-slow', 16, (c) => drawHatch(c, '#f5cf4a', false));
}

function add(map: MapLibre, name: string, size: number, draw: (context: CanvasRenderingContext2D) => void): void {
  if (map.hasImage(name)) return;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * RATIO;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(RATIO, RATIO);
  context.translate(size / 2, size / 2);
  draw(context);
  map.addImage(name, context.getImageData(0, 0, canvas.width, canvas.height), { pixelRatio: RATIO });
}

// Shape and fill tell the stage, numeral and colour the priority: a full diamond waits for a vehicle, a ring is served.
function drawIncident(c: CanvasRenderingContext2D, stage: OpenStage, priority: Priority): void {
  const { form, full } = SIGNS[stage];
  c.beginPath();
  if (form === 'diamond')
    polygon(c, [
      [0, -14],
      [14, 0],
      [0, 14],
      [-14, 0],
    ]);
  else if (form === 'ring') c.arc(0, 0, full ? 13 : 11.5, 0, Math.PI * 2);
  else if (form === 'square') c.rect(-10.5, -10.5, 21, 21);
  else
    polygon(c, [
      [0, -13],
      [12, 10],
      [-12, 10],
    ]);
  c.fillStyle = full ? COLOUR[priority] : '#11161c';
  c.fill();
  c.lineWidth = full ? 1.5 : 3;
  c.strokeStyle = full ? '#11161c' : COLOUR[priority];
  c.stroke();
  c.fillStyle = full ? '#11161c' : COLOUR[priority];
  text(c, NUMERAL[priority], 'bold 11px sans-serif', form === 'triangle' ? 3 : 0.5);
}

function drawStation(c: CanvasRenderingContext2D): void {
  c.beginPath();
  polygon(c, [
    [0, -9],
    [9, -2],
    [9, 9],
    [-9, 9],
    [-9, -2],
  ]);
  c.fillStyle = '#1d3a27';
  c.fill();
  c.strokeStyle = '#5fcf7f';
  c.lineWidth = 1.3;
  c.stroke();
}

function drawHospital(c: CanvasRenderingContext2D): void {
  c.fillStyle = '#22303d';
  c.strokeStyle = '#6f8aa3';
  c.lineWidth = 1;
  c.beginPath();
  c.rect(-7.5, -7.5, 15, 15);
  c.fill();
  c.stroke();
  c.fillStyle = '#c9dcec';
  text(c, 'H', 'bold 11px sans-serif', 0.5);
}

function drawPicked(c: CanvasRenderingContext2D): void {
  c.strokeStyle = '#ffffff';
  c.lineWidth = 2;
  c.beginPath();
  c.arc(0, 0, 8, 0, Math.PI * 2);
  for (const [x, y] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    c.moveTo(x * 8, y * 8);
    c.lineTo(x * 16, y * 16);
  }
  c.stroke();
}

// Closed is hatched both ways, slow one way, so that they differ without their colour.
function drawHatch(c: CanvasRenderingContext2D, colour: string, both: boolean): void {
  c.strokeStyle = colour;
  c.lineWidth = 1.4;
  c.globalAlpha = 0.75;
  c.beginPath();
  for (const shift of [-16, 0, 16]) {
    c.moveTo(shift - 8, 8);
    c.lineTo(shift + 8, -8);
    if (!both) continue;
    c.moveTo(shift - 8, -8);
    c.lineTo(shift + 8, 8);
  }
  c.stroke();
}

function polygon(c: CanvasRenderingContext2D, corners: readonly (readonly [number, number])[]): void {
  corners.forEach(([x, y], index) => (index === 0 ? c.moveTo(x, y) : c.lineTo(x, y)));
  c.closePath();
}

function text(c: CanvasRenderingContext2D, written: string, font: string, y: number): void {
  c.font = font;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  c.fillText(written, 0, y);
}
