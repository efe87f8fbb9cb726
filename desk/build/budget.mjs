// The page must be there at once: what is loaded before the first call may weigh so much, gzipped: the page's own scripts
// and styles, and the SIP stack that an agent with a browser phone needs before it can ring.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 350;
const BEFORE_THE_FIRST_CALL = /^sip-line-/;
const dist = new URL('../dist/', import.meta.url);
const page = readFileSync(new URL('index.html', dist), 'utf8');
const read = (name) => readFileSync(new URL(`assets/${name}`, dist));
const kb = (name) => gzipSync(read(name)).length / 1000;

const files = readdirSync(new URL('assets', dist)).filter((name) => /\.(js|css)$/.test(name));
const phone = files.filter((name) => BEFORE_THE_FIRST_CALL.test(name));

/** These, and what they cannot run without. */
function withImports(names) {
  const all = new Set(names);
  for (const name of all) {
    if (!name.endsWith('.js')) continue;
    for (const [, imported] of read(name).toString().matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) all.add(imported);
  }
  return all;
}

const named = files.filter((name) => page.includes(name));
const first = withImports([...named, ...phone]);
const total = [...first].reduce((sum, name) => sum + kb(name), 0);
const told = (names) => names.map((name) => `${name} ${kb(name).toFixed(0)} kB`).join(', ') || 'none';
console.log(`before the first call ${total.toFixed(0)} kB gzipped of ${BUDGET_KB}: ${told([...first])} (later: ${told(files.filter((name) => !first.has(name)))})`);
const wrong = [
  [!named.some((name) => name.endsWith('.js')), 'No script is named in index.html.'],
  [!named.some((name) => name.endsWith('.css')), 'No styles are named in index.html.'],
  [phone.length === 0, 'The SIP stack has no file of its own any more: say here which it is.'],
  [total > BUDGET_KB, 'Too much: load what is not needed at once later.'],
].flatMap(([is, what]) => (is ? [what] : []));
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
