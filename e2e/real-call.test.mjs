// A customer at the trunk calls; the agent answers in the browser: real Asterisk, real sound.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, Desk } from './lib/desk.mjs';
import { Caller } from './lib/sip.mjs';
import { measured, pause, until } from './lib/wait.mjs';

const CUSTOMER = { from: '+8613800138000', name: '李明' };
const RECORDED_LINE = '4008001234';
const PLAIN_LINE = '+861085551234';

let cordboard;
let chromium;
let desk;

before(async () => {
  cordboard = await Cordboard.start();
  chromium = await browser();
  desk = await Desk.open(chromium, cordboard, 'agent1');
});

after(async () => {
  await chromium?.close();
  await cordboard?.close();
});

test('a caller at the trunk is shown, answered, recorded on both sides, and kept', async () => {
  await desk.takesCalls();
  const caller = await Caller.dial(cordboard, { from: CUSTOMER.from, to: RECORDED_LINE });
  const callId = await desk.rings();
  assert.equal(desk.card(callId).name, CUSTOMER.name);
  assert.equal(await desk.page.locator('h1').first().innerText(), CUSTOMER.name);
  await desk.press('answer');
  await desk.talks();
  await until('it is recorded', () => desk.call(callId).recording === 'RECORDED');

  await desk.press('hold');
  await desk.callIs(callId, 'HELD');
  await desk.press('resume');
  await desk.callIs(callId, 'TALKING');
  await desk.talks();
  await desk.page.locator('textarea').first().fill('想换一台 65 寸的电视');
  // the customer hears some of the agent's beeps
  await pause(4_000);
  assert.equal(await caller.hangUp(), 0, caller.messages());

  await desk.wrapsUp(callId, '待跟进');
  await desk.stateIs('READY');
  const ended = await cordboard.callIs(callId, 'ENDED');
  assert.equal(ended.outcome, 'ANSWERED');
  assert.equal(ended.answeredBy, 'agent1');

  const sound = loudness(await desk.recording(callId));
  console.log('recording:', sound);
  assert.equal(sound.rms.length, 2);
  assert.ok(sound.rms[0] > 0.01, 'the customer is heard');
  assert.ok(sound.rms[1] > 0.001, 'the agent is heard');
  assert.ok(sound.seconds > 3);
});

test('the next call of this customer shows what was noted', async () => {
  await desk.takesCalls();
  const callId = await cordboard.call({ from: CUSTOMER.from, to: PLAIN_LINE, say: '你好，我再问一下', seconds: 60 });
  const painted = await desk.painted(CUSTOMER.name);
  measured('first event of the switch to card painted', painted - Date.parse((await desk.callIs(callId, 'RINGING')).arrivedAt));
  const [last] = desk.card(callId).calls;
  assert.equal(last.notes, '想换一台 65 寸的电视');
  assert.equal(last.disposition, 'follow-up');
  await desk.answers();
  await desk.press('hangUp');
  await desk.wrapsUp(callId);
  assert.equal((await cordboard.callIs(callId, 'ENDED')).outcome, 'ANSWERED');
});
