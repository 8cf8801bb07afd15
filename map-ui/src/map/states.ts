import type { VehicleState } from '../api/types';

// State colours as Chinese terminals use them, each with a letter so that colour is never the only sign.
export const STATE_COLOUR: Record<VehicleState, string> = {
  task_assigned: '#ff8a3d',
  order_received: '#f04848',
  to_scene: '#f2d024',
  at_scene: '#ff9ecb',
  patient_on_board: '#e05cf0',
  at_hospital: '#2fb9a8',
  available_on_road: '#5aa2ff',
  available_at_station: '#3fbf5f',
  off_duty: '#7d858f',
  paused: '#b9a48a',
};

export const STATE_LETTER: Record<VehicleState, string> = {
  task_assigned: '派',
  order_received: '令',
  to_scene: '赴',
  at_scene: '场',
  patient_on_board: '载',
  at_hospital: '院',
  available_on_road: '途',
  available_at_station: '站',
  off_duty: '休',
  paused: '停',
};

// What a vehicle does, as far as what is done with it goes. A new state is put into its group here; who asks whether a
// vehicle is free, paused or at its station asks the group.
export type StateGroup = 'on_task' | 'at_hospital' | 'on_road' | 'at_station' | 'off_duty' | 'paused';

const GROUP: Record<VehicleState, StateGroup> = {
  task_assigned: 'on_task',
  order_received: 'on_task',
  to_scene: 'on_task',
  at_scene: 'on_task',
  patient_on_board: 'on_task',
  at_hospital: 'at_hospital',
  available_on_road: 'on_road',
  available_at_station: 'at_station',
  off_duty: 'off_duty',
  paused: 'paused',
};

const FREE: Record<StateGroup, boolean> = {
  on_task: false,
  at_hospital: false,
  on_road: true,
  at_station: true,
  off_duty: false,
  paused: false,
};

export const groupOf = (state: VehicleState): StateGroup => GROUP[state];

export const isFree = (state: VehicleState): boolean => FREE[groupOf(state)];

// Past this a position is old: it is greyed and its age stands beside it.
export const OLD_AFTER_SECONDS = 10;
