// Plays every story: those of server and page two at a time, because they wait for each other's clocks and not for a
// processor; then, one by one, those that listen to sound or kill what runs.
import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { tap } from 'node:test/reporters';

const TOGETHER = [
  'api-page', 'customer', 'demo-call', 'hostile-input', 'hostile-text', 'interface', 'looks', 'office', 'settings', 'setup-forms', 'wrap-up',
].map((name) => `${name}.test.mjs`);

const all = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.mjs'));
const gone = TOGETHER.filter((name) => !all.includes(name));
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

const together = await play(TOGETHER, 2);
const alone = await play(all.filter((name) => !TOGETHER.includes(name)), 1);
process.exitCode = together && alone ? 0 : 1;
