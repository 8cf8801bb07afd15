import type { AlarmKind } from './alarms';

// Pitch in hertz and length in seconds, one tune for each kind. Priority I is higher and doubled.
export const TUNES: Record<AlarmKind, readonly (readonly [number, number])[]> = {
  sos: [
    [1400, 0.18],
    [700, 0.18],
    [1400, 0.18],
    [700, 0.18],
    [1400, 0.18],
    [700, 0.3],
  ],
  link_lost: [
    [520, 0.3],
    [390, 0.3],
    [260, 0.5],
  ],
  new_critical: [
    [1175, 0.1],
    [1568, 0.14],
    [1175, 0.1],
    [1568, 0.14],
    [1175, 0.1],
    [1568, 0.2],
  ],
  crew_need: [
    [1000, 0.12],
    [1250, 0.12],
    [1000, 0.12],
    [1250, 0.3],
  ],
  crew_report: [
    [1000, 0.12],
    [1000, 0.12],
    [600, 0.35],
  ],
  gave_up: [
    [784, 0.16],
    [622, 0.16],
    [494, 0.4],
  ],
  not_coming: [
    [622, 0.12],
    [494, 0.12],
    [622, 0.12],
    [494, 0.35],
  ],
  not_received: [
    [330, 0.1],
    [0, 0.06],
    [330, 0.1],
    [0, 0.06],
    [330, 0.1],
    [0, 0.06],
    [330, 0.3],
  ],
  new_incident: [
    [880, 0.14],
    [1175, 0.2],
  ],
  overdue_critical: [
    [440, 0.16],
    [880, 0.16],
    [440, 0.16],
    [880, 0.3],
  ],
  change_unseen: [
    [660, 0.12],
    [0, 0.08],
    [660, 0.12],
    [880, 0.2],
  ],
  overdue: [[440, 0.22]],
  transfer: [
    [587, 0.12],
    [740, 0.12],
    [880, 0.12],
  ],
  crew_message: [[698, 0.14]],
};

// What must not startle whoever has a caller on the line.
export const QUIET: readonly AlarmKind[] = ['crew_message'];

// What a muted selection does not hear: it can wait for the next look at the screen.
export const MUTABLE: readonly AlarmKind[] = ['overdue', 'transfer', 'change_unseen', 'crew_message'];
