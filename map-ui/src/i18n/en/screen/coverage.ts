import type { coverage as zh } from '../../zh/screen/coverage';

export const coverage: typeof zh = {
  coverage: {
    title: 'Coverage',
    loading: 'Working it out…',
    levels: {
      several: 'two or more arrive in time',
      one: 'only one arrives in time',
      late: 'the nearest is too late',
      nobody: 'no free vehicle gets there',
    },
    covered: '{share} in time · {minutes} min on average · {n} free',
    straight: 'by straight line',
    alike: 'no demand data: every township counts alike',
    advice: 'Move advice',
    adviceOn: 'Move advice: on',
    adviceOff: 'Move advice: off',
    nobodyNear: 'No free vehicle there, and nobody near enough:',
    groundTooFar: 'Free vehicles there, but most of the ground is beyond its time:',
  },
  moves: {
    title: 'Suggested moves',
    count: 'moves',
    keys: 'Enter accepts; 1 crew needs rest, 2 others soon free, 3 few calls, 4 road or weather, 5 other: ignores for that reason',
    uncovered: 'uncovered for {age}',
    coversMore: 'covers more',
    covered: '{gain} covered ({before} → {after})',
    expected: 'next patient {before} → {after} min',
    drive: '{minutes} min drive',
    until: 'holds until {time} ({left} left)',
    to: 'Wait elsewhere…',
    going: 'to wait at {station}',
    waitsSince: 'there since {time}',
    seen: 'crew has seen it',
    unseen: 'crew has not seen it',
    withdrawSure: '{vehicle} is not to wait at {station} any more',
  },
};
