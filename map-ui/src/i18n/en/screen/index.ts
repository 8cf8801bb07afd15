import type { screen as zh } from '../../zh/screen';
import { calls } from './calls';
import { console } from './console';
import { coverage } from './coverage';
import { office } from './office';
import { vehicles } from './vehicles';

export const screen: typeof zh = {
  product: 'Helan 120 dispatch',
  otherLanguage: '中文',
  ...console,
  ...calls,
  ...vehicles,
  ...coverage,
  ...office,
};
