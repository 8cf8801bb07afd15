// Writes src/api/schema.ts from the server's OpenAPI document.
import { writeFile } from 'node:fs/promises';
import { schemaSource } from './schema-source.mjs';

await writeFile(new URL('../src/api/schema.ts', import.meta.url), await schemaSource());
