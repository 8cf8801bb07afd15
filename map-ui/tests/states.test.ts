import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { VEHICLE_STATES } from '../src/api/types';

const page = (file: string) =>
  readFileSync(new URL(`../../vehicle-agent/src/crew/page/${file}`, import.meta.url), 'utf8');

// The page is plain JavaScript, which no compiler holds to the list of states.
test.each(VEHICLE_STATES)("the crew's page has a sign and words for the state %s", (state) => {
  const digits = /const DIGITS = \{([^}]*)\}/.exec(page('draw.js'))?.[1] ?? '';
  expect(digits).toMatch(new RegExp(`\\b${state}: `));
  expect(page('words.js')).toMatch(new RegExp(`\\b${state}: \\[`));
});
