import { calls } from './calls';
import { console } from './console';
import { coverage } from './coverage';
import { office } from './office';
import { vehicles } from './vehicles';

export const screen = {
  product: '贺兰 120 指挥调度',
  otherLanguage: 'English',
  ...console,
  ...calls,
  ...vehicles,
  ...coverage,
  ...office,
};
