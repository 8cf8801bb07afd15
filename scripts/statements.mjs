#!/usr/bin/env node
// Collects what dispatch-servers said to PostgreSQL from its log (jsonlog), each statement once, sorted.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const [folder, out] = process.argv.slice(2);
// How a statement begins that says nothing of our tables, or makes them.
const others =
  /^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|SET|LISTEN|UNLISTEN|CREATE|ALTER|DROP|EXPLAIN|LOCK|SELECT (pg_advisory|set_config|current_)|--)/i;
const found = new Set();
for (const name of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  for (const line of readFileSync(`${folder}/${name}`, 'utf8').split('\n').filter(Boolean)) {
    const { application_name, message } = JSON.parse(line);
    if (application_name !== 'helan dispatch-server') continue;
    const said = /^(?:execute [^:]*|statement): ([\s\S]*)$/.exec(message ?? '')?.[1];
    if (!said) continue;
    const statement = said.replace(/\s+/g, ' ').trim().replace(/;$/, '');
    // Several at once, as the partitions are made, are about tables of one day.
    if (others.test(statement) || /;|_sqlx_migrations|pg_catalog|pg_type|fix_day_/.test(statement)) continue;
    found.add(statement);
  }
}
if (found.size < 30) throw new Error(`only ${found.size} statements were found in ${folder}`);
const head =
  '-- What a server of the previous release says to PostgreSQL, one statement a line. Written by\n' +
  '-- scripts/statements when the release was made; never edited.\n';
writeFileSync(
  out,
  head +
    [...found]
      .sort()
      .map((statement) => `${statement};\n`)
      .join(''),
);
console.log(`${found.size} statements in ${out}`);
