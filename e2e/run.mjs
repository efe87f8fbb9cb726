// Plays every story, two at a time: they wait for clocks, rings and each other, not for a processor. Those that measure
// come last, by themselves.
import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { tap } from 'node:test/reporters';

// a real Odoo takes minutes to fetch: it is played where it is asked for
const LEFT_OUT = process.env.OTHER_SYSTEMS === 'yes' ? [] : ['odoo.test.mjs'];

const ALONE = ['latency', 'load', 'odoo'].map((name) => `${name}.test.mjs`).filter((name) => !LEFT_OUT.includes(name));

const all = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.mjs') && !LEFT_OUT.includes(name));
const gone = ALONE.filter((name) => !all.includes(name));
if (gone.length > 0) throw new Error(`There is no such story any more: ${gone.join(', ')}.`);

/** Plays these and prints how each went; false where one failed, or a file played nothing. */
function play(stories, atOnce) {
  const files = stories.map((name) => new URL(name, import.meta.url).pathname);
  const idle = new Set(files);
  let failed = 0;
  const events = run({ files, concurrency: atOnce });
  events.on('test:pass', ({ name, file, skip }) => {
    // a file without stories is told as one that passed
    if (!skip && name !== file) idle.delete(file);
  });
  events.on('test:fail', ({ file }) => {
    failed += 1;
    idle.delete(file);
  });
  events.compose(tap).pipe(process.stdout, { end: false });
  return new Promise((resolve) => {
    events.on('end', () => {
      for (const file of idle) console.error(`${file} played nothing.`);
      resolve(failed === 0 && idle.size === 0);
    });
  });
}

const together = await play(all.filter((name) => !ALONE.includes(name)), 2);
const alone = await play(ALONE, 1);
process.exitCode = together && alone ? 0 : 1;
