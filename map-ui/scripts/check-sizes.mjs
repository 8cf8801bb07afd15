// Prints what a console downloads, as the server sends it, and fails when that is over its budget or a file that
// should be compressed is not.
import { readdir, readFile, stat } from 'node:fs/promises';

// 600 KiB: a console on a 2 Mbit/s line of a county station is usable within three seconds.
const BUDGET_BYTES = 600 * 1024;
const assets = new URL('../dist/assets/', import.meta.url);
const size = async (name) => (await stat(new URL(name, assets)).catch(() => null))?.size ?? null;

const names = (await readdir(assets)).sort().filter((name) => !/\.(br|gz)$/.test(name));
const sizes = await Promise.all(
  names.map(async (name) => ({
    name,
    plain: await size(name),
    br: await size(`${name}.br`),
    gz: await size(`${name}.gz`),
  })),
);
const kib = (bytes) => (bytes === null ? '-' : (bytes / 1024).toFixed(1)).padStart(8);
console.log(`${'plain'.padStart(8)} ${'gzip'.padStart(8)} ${'brotli'.padStart(8)} KiB`);
for (const { name, plain, br, gz } of sizes) console.log(`${kib(plain)} ${kib(gz)} ${kib(br)} ${name}`);

const scripts = sizes.filter(({ name }) => /\.m?js$/.test(name));
const loose = sizes.filter(
  ({ name, plain, br, gz }) => /\.(m?js|css)$/.test(name) && plain > 4096 && (br === null || gz === null),
);
const sum = (of) => scripts.reduce((total, file) => total + (file[of] ?? file.plain), 0);
console.log(
  `${kib(sum('plain'))} ${kib(sum('gz'))} ${kib(sum('br'))} JavaScript; budget ${BUDGET_BYTES / 1024} KiB of gzip`,
);
if (loose.length > 0) {
  console.error(`Not compressed: ${loose.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}
if (sum('gz') > BUDGET_BYTES) {
  console.error('The JavaScript is over its budget.');
  process.exit(1);
}
// What the page names must be what was built, by its content: else a browser keeps a file of an older build.
const page = await readFile(new URL('../dist/index.html', import.meta.url), 'utf8');
const named = [...page.matchAll(/\/assets\/([^"']+)/g)].map(([, name]) => name);
if (named.length === 0 || named.some((name) => !names.includes(name) || !/-[\w-]{8,}\.\w+$/.test(name))) {
  console.error('index.html names files that are not there, or not by their content.');
  process.exit(1);
}
