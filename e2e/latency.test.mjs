// How soon the card stands and how soon both speak, call after call: real Asterisk, SIP caller, Chromium.
// Counts and states are asserted; times are printed, because they say as much about the machine. A p99 takes a hundred
// calls: LATENCY_CALLS=100, or NIGHTLY=yes.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { load } from './lib/processes.mjs';
import { Scene } from './lib/scene.mjs';
import { count } from './lib/settings.mjs';
import { spread } from './lib/wait.mjs';

const CUSTOMER = { from: '+8613800138000', name: '李明' };
// without an announcement: it rings at once
const LINE = '+861085551234';
const CALLS = count('LATENCY_CALLS', process.env.NIGHTLY === 'yes' ? 100 : 12);

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
  const waitedBefore = await waitedForCards();
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
  return { callId, painted: painted - arrived, rang: rang - arrived, waited: (await waitedForCards()) - waitedBefore };
}

/** How long orders to ring have waited for a card to be sent, altogether, by the server's own figures. */
async function waitedForCards() {
  const text = await (await fetch(`${scene.cordboard.local}/metrics`)).text();
  const sums = text.matchAll(/^cordboard_ring_waited_seconds_sum\{.*\} (\S+)/gm);
  return [...sums].reduce((all, [, seconds]) => all + Number(seconds) * 1000, 0);
}

test(`${CALLS} calls are each shown before they ring, answered and heard both ways`, async () => {
  const calls = [];
  for (let n = 0; n < CALLS; n++) calls.push(await oneCall());
  const answers = await desk.answerTimes();
  console.log(`load average: ${load()}`);
  spread('first event of the switch to card painted', calls.map((one) => one.painted));
  spread('order to ring waited for the card to be sent', calls.map((one) => one.waited));
  spread('first event of the switch to ring heard', calls.map((one) => one.rang));
  spread('click on answer to sound both ways', answers.map((one) => one.total));
  for (const step of new Set(answers.flatMap((one) => Object.keys(one.steps)))) {
    spread(`  click on answer to ${step}`, answers.flatMap((one) => one.steps[step] ?? []));
  }
  assert.equal(new Set(calls.map((one) => one.callId)).size, CALLS);
  assert.equal(answers.length, CALLS);
});
