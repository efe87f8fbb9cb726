// How soon the card stands and how soon both speak, call after call: real Asterisk, SIP caller, Chromium.
// Counts and states are asserted; times are printed, because they say as much about the machine.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Scene } from './lib/scene.mjs';
import { spread } from './lib/wait.mjs';

const CUSTOMER = { from: '+8613800138000', name: '李明' };
// without an announcement: it rings at once
const LINE = '+861085551234';
const CALLS = process.env.NIGHTLY === 'yes' ? 100 : 12;

let scene;
let desk;

before(async () => {
  scene = await Scene.open('agent1');
  ({ desk } = scene);
});

after(() => scene?.close());

afterEach(() => scene.clear());

/** One call from the caller's INVITE to the finished record. */
async function oneCall() {
  await desk.takesCalls();
  await desk.page.locator('h1', { hasText: CUSTOMER.name }).waitFor({ state: 'detached' });
  const since = await desk.page.evaluate(() => performance.timeOrigin + performance.now());
  const painting = desk.painted(CUSTOMER.name);
  const caller = await scene.dial({ from: CUSTOMER.from, to: LINE });
  const callId = await desk.rings();
  const view = desk.call(callId);
  const painted = await painting;
  const rang = await desk.rang(since);
  assert.ok(painted <= rang, `the ring was heard ${painted - rang} ms before the card was painted`);
  await desk.press('answer');
  await desk.talks();
  await desk.callIs(callId, 'TALKING');
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await desk.wrapsUp(callId);
  const arrived = Date.parse(view.arrivedAt);
  return { callId, painted: painted - arrived, rang: rang - arrived };
}

test(`${CALLS} calls are each shown before they ring, answered and heard both ways`, async () => {
  const painted = [];
  const rang = [];
  const ids = new Set();
  for (let n = 0; n < CALLS; n++) {
    const one = await oneCall();
    ids.add(one.callId);
    painted.push(one.painted);
    rang.push(one.rang);
  }
  const answers = await desk.answerTimes();
  spread('first event of the switch to card painted', painted);
  spread('first event of the switch to ring heard', rang);
  spread('click on answer to sound both ways', answers.map((one) => one.total));
  for (const step of new Set(answers.flatMap((one) => Object.keys(one.steps)))) {
    spread(`  click on answer to ${step}`, answers.flatMap((one) => one.steps[step] ?? []));
  }
  assert.equal(ids.size, CALLS);
  assert.equal(answers.length, CALLS);
});
