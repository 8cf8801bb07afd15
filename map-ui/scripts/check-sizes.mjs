// Prints what a console downloads and fails when the JavaScript is over its budget.
import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';

// 600 KiB: a console on a 2 Mbit/s line of a county station is usable within three seconds.
const BUDGET_BYTES = 600 * 1024;
const assets = new URL('../dist/assets/', import.meta.url);

const sizes = await Promise.all(
  (await readdir(assets)).sort().map(async (name) => ({
    name,
    bytes: gzipSync(await readFile(new URL(name, assets)), { level: 9 }).length,
  })),
);
for (const { name, bytes } of sizes) console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KiB  ${name}`);

const scripts = sizes.filter(({ name }) => /\.m?js$/.test(name)).reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${(scripts / 1024).toFixed(1).padStart(8)} KiB  JavaScript, compressed; budget ${BUDGET_BYTES / 1024} KiB`);
if (scripts > BUDGET_BYTES) {
  console.error('The JavaScript is over its budget.');
  process.exit(1);
}
