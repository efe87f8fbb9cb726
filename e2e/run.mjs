// Plays every story: those of server and page two at a time, because they wait for each other's clocks and not for a
// processor; then, one by one, those that listen to sound or kill what runs.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const TOGETHER = [
  'api-page', 'customer', 'demo-call', 'hostile-input', 'hostile-text', 'interface', 'looks', 'office', 'settings', 'setup-forms', 'wrap-up',
].map((name) => `${name}.test.mjs`);

const all = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.mjs'));
const gone = TOGETHER.filter((name) => !all.includes(name));
if (gone.length > 0) throw new Error(`There is no such story any more: ${gone.join(', ')}.`);

function play(stories, atOnce) {
  const { status } = spawnSync(process.execPath, ['--test', `--test-concurrency=${atOnce}`, ...stories], {
    cwd: new URL('.', import.meta.url),
    stdio: 'inherit',
  });
  return status === 0;
}

const together = play(TOGETHER, 2);
const alone = play(all.filter((name) => !TOGETHER.includes(name)), 1);
process.exit(together && alone ? 0 : 1);
