import { LEVEL_COLOUR, LEVELS, type Level } from '../coverage/levels';

export const coverageIcon = (level: Level): string => `coverage-${level}`;

// A full disc, a half one, a triangle and a cross: what a colour-blind eye and a grey print tell apart.
export const COVERAGE_IMAGES: readonly [name: string, draw: (c: CanvasRenderingContext2D) => void][] = LEVELS.map(
  (level) => [coverageIcon(level), (c) => draw(c, level)],
);

function draw(c: CanvasRenderingContext2D, level: Level): void {
  c.strokeStyle = LEVEL_COLOUR[level];
  c.fillStyle = LEVEL_COLOUR[level];
  c.lineWidth = 1.8;
  c.beginPath();
  if (level === 'several') {
    c.arc(0, 0, 5, 0, Math.PI * 2);
    c.fill();
  } else if (level === 'one') {
    c.arc(0, 0, 5, 0, Math.PI * 2);
    c.stroke();
    c.beginPath();
    c.arc(0, 0, 5, Math.PI / 2, (3 * Math.PI) / 2);
    c.fill();
  } else if (level === 'late') {
    c.moveTo(0, -6);
    c.lineTo(6, 5);
    c.lineTo(-6, 5);
    c.closePath();
    c.fill();
  } else {
    c.moveTo(-5, -5);
    c.lineTo(5, 5);
    c.moveTo(5, -5);
    c.lineTo(-5, 5);
    c.lineWidth = 2.6;
    c.stroke();
  }
}
