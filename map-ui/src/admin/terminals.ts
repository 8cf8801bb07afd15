import type { Schemas } from '../api/types';

export interface TerminalForm {
  number: string;
  vehicle: string;
  gateway: string;
  datum: Schemas['TerminalDatum'];
  keys: Schemas['TerminalKeys'];
  plate: string;
  terminal_id: string;
}

export const emptyForm: TerminalForm = {
  number: '',
  vehicle: '',
  gateway: '',
  datum: 'wgs84',
  keys: 'auto',
  plate: '',
  terminal_id: '',
};

// The number is digits, or the letters that makers write among them, as terminals have it in their frames; the server says what
// else is wrong.
export const isComplete = ({ number, vehicle, gateway }: TerminalForm): boolean =>
  /^[\da-f]{1,20}$/i.test(number.trim()) && vehicle.trim() !== '' && gateway !== '';

export function bindingOf({
  vehicle,
  gateway,
  datum,
  keys,
  plate,
  terminal_id,
}: TerminalForm): Schemas['TerminalToBind'] {
  const optional = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  return {
    vehicle: vehicle.trim(),
    gateway,
    datum,
    keys,
    plate: optional(plate),
    terminal_id: optional(terminal_id),
  };
}
