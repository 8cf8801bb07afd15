// How far one press of an arrow moves the cross-hair, in CSS pixels of the map, and with Shift.
const STEP = 20;
const BIG_STEP = 120;

export type CrossHair = { move: [x: number, y: number] } | { zoom: 1 | -1 } | 'take' | 'leave';

// What a key means while a place is picked on the map; null when nothing.
export function crossHairKey({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): CrossHair | null {
  const step = shiftKey ? BIG_STEP : STEP;
  switch (key) {
    case 'ArrowLeft':
      return { move: [-step, 0] };
    case 'ArrowRight':
      return { move: [step, 0] };
    case 'ArrowUp':
      return { move: [0, -step] };
    case 'ArrowDown':
      return { move: [0, step] };
    case '+':
    case '=':
      return { zoom: 1 };
    case '-':
    case '_':
      return { zoom: -1 };
    case 'Enter':
      return 'take';
    case 'Escape':
      return 'leave';
    default:
      return null;
  }
}
