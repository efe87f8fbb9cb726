// A customer is handed on to a number outside, at once or after the agent spoke there first: real Asterisk, SIPp at both ends of the trunk.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Callee, CALLEES } from './lib/callee.mjs';
import { Ear } from './lib/ear.mjs';
import { Scene } from './lib/scene.mjs';
import { TRUNK_HOST } from './lib/sip.mjs';
import { until } from './lib/wait.mjs';

const FROM = '+8613800138000';
const LINE = '4008001234';
const TYPED = '021 6555 0123';
/** Louder than the music: the far end's tone. */
const TONE = 0.2;

let scene;
let desk;
let ear;
let caller;
let callee;

before(async () => {
  scene = await Scene.open('agent1');
  ({ desk } = scene);
});

after(() => scene?.close());

afterEach(async () => {
  await scene.clear();
  await callee?.kill();
  ear?.close();
});

async function talk() {
  await desk.takesCalls();
  ear = await Ear.at(TRUNK_HOST);
  caller = await scene.dial({ from: FROM, to: LINE, ear });
  const callId = await desk.answers();
  await until('it is recorded', () => desk.call(callId).recording === 'RECORDED');
  return callId;
}

/** By keys alone: the chooser, the number, Enter. */
async function chooses(letter, number) {
  const { page } = desk;
  await desk.key(letter);
  await page.locator('.transfer input:focus').waitFor();
  await page.locator('.transfer input').fill(number);
  await page.locator('.transfer [role=option]', { hasText: `此号码：${number}` }).waitFor();
  await page.keyboard.press('Enter');
}

function hearsTone() {
  return until('the customer hears the far end', async () => (await ear.next(75)).rms > TONE);
}

/** The far end was shown the line, and neither the customer nor the agent. */
function showsTheLine() {
  const shown = callee.messages().match(/^(From|P-Asserted-Identity|Contact): .*/gm).join('\n');
  assert.ok(!shown.includes('13800138000') && !shown.includes('agent1'), `the line is shown, nobody else: ${shown}`);
}

async function recorded(callId, outcome) {
  const { outside } = await until('the record stands', () => scene.cordboard.get(`/calls/${callId}/record`).catch(() => null));
  assert.equal(outside.length, 1, JSON.stringify(outside));
  assert.equal(outside[0].outcome, outcome);
  assert.match(outside[0].number, /2165550123$/);
  return outside[0];
}

test('handed on at once: music, then the far end; a refresh loses nothing of it; written down, and the agent is free long before', async () => {
  const callId = await talk();
  callee = await Callee.waits(scene.cordboard, CALLEES.talks);
  await chooses('t', TYPED);
  await desk.callIs(callId, 'WRAP_UP');
  await desk.refreshes();
  await desk.wrapsUp(callId);
  await desk.stateIs('READY');
  await hearsTone();
  showsTheLine();
  await scene.cordboard.callIs(callId, 'OUTSIDE');
  assert.equal(await caller.hangUp(), 0, caller.messages());
  assert.equal(await callee.ended, 0, callee.messages());
  await scene.cordboard.callIs(callId, 'ENDED');
  const talked = await recorded(callId, 'ANSWERED');
  assert.ok(Date.parse(talked.endedAt) > Date.parse(talked.answeredAt));
});

test('a busy number brings the customer back to the agent', async () => {
  const callId = await talk();
  callee = await Callee.waits(scene.cordboard, CALLEES.busy);
  await chooses('t', TYPED);
  assert.equal(await desk.rings(), callId);
  await desk.answers();
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await desk.wrapsUp(callId);
  await recorded(callId, 'BUSY');
});

test('asked first: the two speak while the customer hears music, also after a refresh, then the customer is theirs', async () => {
  const callId = await talk();
  callee = await Callee.waits(scene.cordboard, CALLEES.talks);
  await chooses('q', TYPED);
  await desk.callIs(callId, 'CONSULTING');
  await until('both speak', () => desk.call(callId).consultation?.state === 'TALKING');
  await desk.talks();
  await ear.hearsMusic();
  await desk.refreshes();
  await desk.talks();
  await desk.callIs(callId, 'CONSULTING');
  assert.equal(desk.call(callId).consultation.state, 'TALKING');
  await ear.hearsMusic();
  await desk.key('x');
  await desk.callIs(callId, 'TALKING');
  await ear.hearsAgent();
  await desk.key('x');
  await desk.callIs(callId, 'CONSULTING');
  await desk.key('y');
  await desk.wrapsUp(callId);
  await hearsTone();
  showsTheLine();
  assert.equal(await caller.hangUp(), 0, caller.messages());
  assert.equal(await callee.ended, 0, callee.messages());
  await recorded(callId, 'ANSWERED');
});

test('a number that is not allowed is refused with the reason, and the talk goes on', async () => {
  const callId = await talk();
  await chooses('t', '+44 20 7946 0000');
  await desk.page.getByText(/--dial/).first().waitFor();
  await desk.page.keyboard.press('Escape');
  await desk.callIs(callId, 'TALKING');
  await desk.talks();
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await desk.wrapsUp(callId);
});
