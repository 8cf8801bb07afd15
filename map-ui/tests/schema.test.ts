import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error The script is plain JavaScript, since npm runs it as it is.
import { schemaSource } from '../scripts/schema-source.mjs';

it('has the types that the API document demands; else run npm run generate-types', async () => {
  const committed = readFileSync(new URL('../src/api/schema.ts', import.meta.url), 'utf8');
  expect(committed).toBe(await (schemaSource as () => Promise<string>)());
});
