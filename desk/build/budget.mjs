// The page must be there at once: what a sign-in loads may weigh so much, gzipped.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 350;
const dist = new URL('../dist/', import.meta.url);
const page = readFileSync(new URL('index.html', dist), 'utf8');
const kb = (name) => gzipSync(readFileSync(new URL(`assets/${name}`, dist))).length / 1000;

const scripts = readdirSync(new URL('assets', dist)).filter((name) => name.endsWith('.js'));
const initial = scripts.filter((name) => page.includes(name));
const total = initial.reduce((sum, name) => sum + kb(name), 0);
const later = scripts.filter((name) => !initial.includes(name)).map((name) => `${name} ${kb(name).toFixed(0)} kB`);
console.log(`initial JavaScript ${total.toFixed(0)} kB gzipped of ${BUDGET_KB} (later: ${later.join(', ') || 'none'})`);
if (initial.length === 0 || total > BUDGET_KB) {
  console.error(initial.length === 0 ? 'No script is named in index.html.' : 'Too much: load what is not needed at once later.');
  process.exit(1);
}
