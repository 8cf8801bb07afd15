#!/usr/bin/env node
// Adds up what the test runners counted and ends with one line: `N passed, N failed`.
import { readFileSync } from 'node:fs';

const folder = process.argv[2];
const colours = new RegExp(String.fromCharCode(27) + '\\[[0-9;]*m', 'g');
const said = (runner) => readFileSync(`${folder}/${runner}`, 'utf8').replace(colours, '');
const last = (text, pattern) => Number([...text.matchAll(pattern)].at(-1)?.[1] ?? 0);

const seedsFailed = last(said('prove'), /seeds, (\d+) failed/g);

const counts = [
  ['Rust', last(said('nextest'), /(\d+) passed/g), last(said('nextest'), /(\d+) failed/g)],
  ['seeds', last(said('prove'), /^(\d+) of \d+ seeds/gm) - seedsFailed, seedsFailed],
  ['console', last(said('vitest'), /Tests .*?(\d+) passed/g), last(said('vitest'), /Tests .*?(\d+) failed/g)],
  ['benchmarks', last(said('benchmarks'), /^(\d+) passed/gm), last(said('benchmarks'), /, (\d+) failed/g)],
  ['packages', last(said('packages'), /^(\d+) passed/gm), last(said('packages'), /, (\d+) failed/g)],
  ['generated requests', last(said('generated'), /^(\d+) passed/gm), last(said('generated'), /, (\d+) failed/g)],
  ['browser', last(said('playwright'), /(\d+) passed/g), last(said('playwright'), /(\d+) failed/g)],
];
const leftOut = /^left out: .*/m.exec(said('packages'))?.[0];
for (const [name, passed, failed] of counts) {
  const isLeftOut = name === 'packages' && leftOut !== undefined;
  console.log(isLeftOut ? `${name}: ${leftOut}` : `${name}: ${passed} passed, ${failed} failed`);
  if (passed === 0 && !isLeftOut) {
    console.error(`${name}: no test ran`);
    process.exitCode = 1;
  }
}
const sum = (column) => counts.reduce((total, row) => total + row[column], 0);
console.log(`${sum(1)} passed, ${sum(2)} failed`);
if (sum(2) > 0) process.exitCode = 1;
