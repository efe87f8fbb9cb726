// Two agents in browsers and a customer at the trunk: consultation, conference, and what may come between.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { Desk } from './lib/desk.mjs';
import { Ear } from './lib/ear.mjs';
import { judge, THEMES } from './lib/looks.mjs';
import { Scene } from './lib/scene.mjs';
import { TRUNK_HOST } from './lib/sip.mjs';
import { pause, until } from './lib/wait.mjs';

const FROM = '+8613800138000';
const RECORDED_LINE = '4008001234';

let scene;
let cordboard;
let first;
let second;
let ear;
let caller;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk: first } = scene);
  second = await Desk.open(scene.chromium, cordboard, 'agent2');
});

after(() => scene?.close());

afterEach(async () => {
  await scene.clear();
  ear?.close();
});

/** The first agent talks to a customer, the second one is free. */
async function talk() {
  await first.takesCalls();
  ear = await Ear.at(TRUNK_HOST);
  caller = await scene.dial({ from: FROM, to: RECORDED_LINE, ear });
  const callId = await first.answers();
  await second.takesCalls();
  await until('it is recorded', () => first.call(callId).recording === 'RECORDED');
  return callId;
}

/** The first agent asks the second one, by keys alone, and both speak. */
async function consult(callId) {
  const { page } = first;
  await first.key('q');
  await page.locator('.transfer input:focus').waitFor();
  await until('the second agent is free', async () => (await page.locator('.transfer [role=option]:not([aria-disabled=true])').count()) > 0);
  await page.keyboard.press('Enter');
  await first.callIs(callId, 'CONSULTING');
  assert.equal(await second.rings(), callId);
  assert.equal(second.card(callId).name, first.card(callId).name);
  await second.press('answer');
  await second.callIs(callId, 'CONSULTING');
  await until('both speak', () => first.call(callId).consultation?.state === 'TALKING');
  await Promise.all([first.talks(), second.talks()]);
}

/** Neither page has anything in the way at this moment. */
async function looksRight(moment) {
  const found = await Promise.all([first, second].map(({ page }, n) => judge(page, `${moment}-${n + 1}`, THEMES)));
  assert.deepEqual(found.flat(), []);
}

async function finished(...desks) {
  for (const desk of desks) {
    await desk.takesBreak();
  }
}

test('the customer hears music while two agents speak, and is handed over with a recording of each part', async () => {
  const callId = await talk();
  await pause(3_000);
  await consult(callId);
  await ear.hearsMusic();
  await looksRight('consulting');
  await first.key('y');
  await first.callIs(callId, 'WRAP_UP');
  await second.callIs(callId, 'TALKING');
  await second.talks();
  await ear.hearsAgent();
  await until('the second part is recorded', () => second.call(callId).recording === 'RECORDED');
  await pause(4_000);
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await first.wrapsUp(callId);
  await second.wrapsUp(callId);
  assert.equal((await cordboard.callIs(callId, 'ENDED')).answeredBy, 'agent2');
  for (const [desk, part] of [[first, 1], [second, 2]]) {
    const sound = loudness(await desk.recording(callId, part));
    console.log(`recording of part ${part}:`, sound);
    assert.ok(sound.rms[0] > 0.01, `the customer is heard in part ${part}`);
    assert.ok(sound.rms[1] > 0.001, `agent ${part} is heard`);
  }
  await finished(first, second);
});

test('a conference of three hears each of the three, also after a refresh, and goes on when one leaves', async () => {
  const callId = await talk();
  await consult(callId);
  await first.key('j');
  await first.callIs(callId, 'TALKING');
  await second.callIs(callId, 'TALKING');
  assert.equal(first.call(callId).others.length, 1);
  await looksRight('conference');
  // the beeps of two together may fill more than half of a second
  await ear.hears(true);
  await first.refreshes();
  await first.talks();
  await first.callIs(callId, 'TALKING');
  assert.equal(first.call(callId).others.length, 1);
  // each agent hears somebody, and of the two who are left unmuted each is heard by the customer
  await Promise.all([first.talks(), second.talks()]);
  await first.press('mute');
  await ear.hears(true);
  await second.press('mute');
  await ear.hears(false);
  await first.press('unmute');
  await ear.hears(true);
  await second.press('unmute');
  await first.press('hangUp');
  await first.callIs(callId, 'WRAP_UP');
  await second.talks();
  await ear.hears(true);
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await first.wrapsUp(callId);
  await second.wrapsUp(callId);
  await finished(first, second);
});

test('a refresh in the middle of a consultation shows the same, with the colleague or with the customer, who is taken back', async () => {
  const callId = await talk();
  await consult(callId);
  const { with: colleague } = first.call(callId).consultation;
  await first.refreshes();
  await until('the page shows the consultation again', () => first.call(callId)?.consultation?.with === colleague);
  await first.callIs(callId, 'CONSULTING');
  await until('both speak again', () => first.call(callId).consultation?.state === 'TALKING');
  await Promise.all([first.talks(), second.talks()]);
  await first.key('x');
  await first.callIs(callId, 'TALKING');
  await ear.hearsAgent();
  await first.refreshes();
  await first.talks();
  await first.callIs(callId, 'TALKING');
  assert.deepEqual([first.call(callId).consultation.with, first.call(callId).consultation.state], [colleague, 'WAITING']);
  await ear.hearsAgent();
  await first.key('x');
  await first.callIs(callId, 'CONSULTING');
  await Promise.all([first.talks(), second.talks()]);
  await first.key('z');
  await first.callIs(callId, 'TALKING');
  await second.stateIs('READY');
  await first.talks();
  await ear.hearsAgent();
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await first.wrapsUp(callId);
  assert.equal((await cordboard.callIs(callId, 'ENDED')).answeredBy, 'agent1');
  await finished(first, second);
});
