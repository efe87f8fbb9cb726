// Nobody is there: the caller leaves a message, which an agent finds in the list of call-backs and plays. Real Asterisk, real sound.
import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { drawn } from './lib/player.mjs';
import { Scene } from './lib/scene.mjs';
import { until } from './lib/wait.mjs';

const CUSTOMER = { from: '+8613800138000', name: '李明' };
/** In bytes of 8,000 samples a second. */
const SOME_SECONDS = 64_000;
const LINE = '+861085551234';
const SETUP = `
hours:
  - {id: never, label: 休息, zone: Asia/Shanghai, week: [], holidays: [{date: 2020-01-01, label: 曾经, from: '09:00', to: '10:00'}]}
lines:
  - number: '${LINE}'
    label: 留言线
    queue: care
    waiting: music
    recorded: false
    hours: never
    voicemail: {version: t-1, language: zh-CN, text: 请留言。, mostSeconds: 60, leastSeconds: 2}
`;

let scene;
let cordboard;
let desk;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk } = scene);
  const file = join(cordboard.data, 'voicemail.yaml');
  writeFileSync(file, SETUP);
  cordboard.cli('apply', file, '--yes');
});

after(() => scene?.close());

afterEach(() => scene.clear());

const tasks = async () => (await desk.get('/tasks?view=queues')).items;

/** Bytes that Asterisk has written of the message. */
function written() {
  const { recordings } = cordboard.pbx;
  const file = readdirSync(recordings, { recursive: true }).find((name) => basename(name).startsWith('v-'));
  return file === undefined ? 0 : statSync(join(recordings, file)).size;
}

test('a caller outside the hours leaves a message, and an agent plays it from the task', async () => {
  const caller = await scene.dial({ from: CUSTOMER.from, to: LINE });
  await until('some seconds of the message are written', () => written() > SOME_SECONDS);
  assert.equal(await caller.hangUp(), 0, caller.messages());

  const task = await until('the task has the message', async () => (await tasks()).find((one) => one.message !== null));
  assert.equal(task.reason, 'voicemail');
  assert.equal(task.customer, CUSTOMER.name);
  const sound = loudness(await desk.bytes(`/recordings/${task.message}`));
  console.log('message:', sound);
  assert.ok(sound.seconds > 2, 'some seconds were kept');
  assert.ok(sound.rms[0] > 0.01, 'the caller is heard');

  const line = desk.page.locator('li.task', { hasText: CUSTOMER.name });
  await line.getByText('已留言').waitFor();
  const player = line.locator('.player');
  await player.locator('button').first().click();
  await until('the message plays', () => player.locator('audio').evaluate((audio) => audio.currentTime > 0.5));
  const [customer, other] = await drawn(player);
  assert.ok(customer > 0.3 && other < 0.1, `one side speaks: ${customer} against ${other}`);
});

test('who hangs up during the words is a missed call without a message', async () => {
  const caller = await scene.dial({ from: '+8613912345678', to: LINE });
  await until('the caller is answered', () => /\bACK\b/.test(caller.messages()));
  await caller.hangUp();
  const task = await until('there is a task', async () => (await tasks()).find((one) => one.number === '+8613912345678'));
  assert.equal(task.reason, 'missed');
  assert.equal(task.message, null);
});
