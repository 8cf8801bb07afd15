#!/usr/bin/env node
// Runs every benchmark of every crate once with the least load, in the profile of the tests: what is measured by
// hand now and then must not have died meanwhile. Ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';

/** Far above what the slowest takes on two busy cores. */
const MOST_MS = 240_000;

const built = spawnSync(
  'cargo',
  ['test', '--quiet', '--locked', '--workspace', '--bench', '*', '--no-run', '--message-format', 'json'],
  { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] },
);
if (built.status !== 0) {
  console.error('the benchmarks do not compile');
  process.exit(1);
}
const benches = built.stdout
  .split('\n')
  .filter((line) => line.startsWith('{'))
  .map((line) => JSON.parse(line))
  .filter((it) => it.reason === 'compiler-artifact' && it.target.kind.includes('bench') && it.executable)
  .map((it) => ({ name: it.target.name, program: it.executable, folder: dirname(it.manifest_path) }));

let failed = 0;
for (const { name, program, folder } of benches) {
  const began = Date.now();
  const run = spawnSync(program, ['--test'], { cwd: folder, encoding: 'utf8', timeout: MOST_MS, maxBuffer: 1 << 26 });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (run.status === 0) {
    console.log(`benchmark ${name}: runs (${seconds} s)`);
  } else {
    failed += 1;
    const why = run.error?.message ?? `ended with ${run.status ?? run.signal}`;
    console.error(`benchmark ${name}: ${why} after ${seconds} s\n${(run.stdout + run.stderr).slice(-4000)}`);
  }
}
console.log(`${benches.length - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
