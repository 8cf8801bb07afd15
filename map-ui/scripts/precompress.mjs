// Writes a .br and a .gz beside each file of dist that gets smaller by it; the server sends what the browser takes.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const DIST = new URL('../dist/', import.meta.url);
// What is compressed already, pictures and fonts, does not get smaller again.
const TEXT = /\.(m?js|css|html|json|geojson|svg|txt|map|pbf|wasm)$/;
// Below this the header costs more than it saves.
const SMALLEST_BYTES = 512;

const brotli = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
const zipped = (bytes) => promisify(gzip)(bytes, { level: 9 });

async function compress(name) {
  const file = new URL(name, DIST);
  const bytes = await readFile(file);
  if (bytes.length < SMALLEST_BYTES) return;
  for (const [ending, pack] of [
    ['br', brotli],
    ['gz', zipped],
  ]) {
    const packed = await pack(bytes);
    // One of an earlier build would be sent in the place of this file.
    if (packed.length < bytes.length) await writeFile(new URL(`${name}.${ending}`, DIST), packed);
    else await rm(new URL(`${name}.${ending}`, DIST), { force: true });
  }
}

const names = await readdir(DIST, { recursive: true });
await Promise.all(names.filter((name) => TEXT.test(name)).map(compress));
