import { expect, test } from 'vitest';
import { accountChanges, accountOf, changesNothing } from '../src/incident/account';

const before = accountOf({ carried: 1, patients: { refused_transport: 2, counted_at_scene: 4 } });

test('what was not touched is not told anew', () => {
  const changes = accountChanges(before, { ...before, told: { ...before.told, treated_at_scene: 0 } });
  expect(changes).toEqual({ patients: { treated_at_scene: 0 } });
  expect(changesNothing(changes)).toBe(false);
});

test('an emptied field is taken back', () => {
  const changes = accountChanges(before, { carried: null, told: { counted_at_scene: 4 } });
  expect(changes).toEqual({ carried: null, patients: { refused_transport: null } });
});

test('an untouched form, and one that was touched and set back, change nothing', () => {
  expect(changesNothing(accountChanges(before, accountOf({ ...before, patients: before.told })))).toBe(true);
  const empty = accountOf(undefined);
  expect(changesNothing(accountChanges(empty, { carried: undefined as unknown as null, told: {} }))).toBe(true);
});
