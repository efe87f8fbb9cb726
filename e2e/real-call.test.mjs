// A customer at the trunk calls; the agent answers in the browser: real Asterisk, real sound.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { browser, Desk, MICROPHONE } from './lib/desk.mjs';
import { Ear, SILENT } from './lib/ear.mjs';
import { Scene } from './lib/scene.mjs';
import { TRUNK_HOST } from './lib/sip.mjs';
import { measured, pause, until } from './lib/wait.mjs';

const CUSTOMER = { from: '+8613800138000', name: '李明' };
const RECORDED_LINE = '4008001234';
const NOTE = '想换一台 65 寸的电视';
const PLAIN_LINE = '+861085551234';

let scene;
let cordboard;
let desk;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk } = scene);
});

after(() => scene?.close());

afterEach(() => scene.clear());

test('a caller at the trunk is shown, answered, recorded on both sides, and kept', async () => {
  await desk.takesCalls();
  const caller = await scene.dial({ from: CUSTOMER.from, to: RECORDED_LINE });
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
  await desk.page.locator('textarea').first().fill(NOTE);
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

  const { state, call } = await desk.inTimeline(callId, (entry) => entry.call.recordings[0]?.state === 'STORED');
  assert.equal(state, 'ANSWERED');
  assert.equal(call.direction, 'in');
  assert.equal(call.disposition, 'follow-up');
  assert.equal(call.unobserved, null);
  assert.ok(call.talkMillis >= 4_000 && call.waitMillis > 0, JSON.stringify(call));
  assert.deepEqual(call.notes.map((note) => note.text), [NOTE]);
  const [recording, ...others] = call.recordings;
  assert.deepEqual(others, [], 'one agent, one recording');
  assert.equal(recording.alarm, null);
  assert.equal(recording.mayPlay, true);
  assert.ok(Math.abs(recording.durationMillis - sound.seconds * 1000) < 100, `${recording.durationMillis}`);
});

test('the next call of this customer shows what was noted', async () => {
  await desk.takesCalls();
  const callId = await cordboard.call({ from: CUSTOMER.from, to: PLAIN_LINE, say: '你好，我再问一下', seconds: 60 });
  const painted = await desk.painted(CUSTOMER.name);
  measured('first event of the switch to card painted', painted - Date.parse((await desk.callIs(callId, 'RINGING')).arrivedAt));
  const [last] = desk.card(callId).calls;
  assert.equal(last.notes, NOTE);
  assert.equal(last.disposition, 'follow-up');
  await desk.answers();
  await desk.press('hangUp');
  await desk.wrapsUp(callId);
  assert.equal((await cordboard.callIs(callId, 'ENDED')).outcome, 'ANSWERED');
});

test('a muted agent is not heard by the customer until they speak again', async () => {
  const ear = await Ear.at(TRUNK_HOST);
  await desk.takesCalls();
  const caller = await scene.dial({ from: CUSTOMER.from, to: PLAIN_LINE, ear });
  try {
    const callId = await desk.answers();
    await ear.hears(true);
    await desk.press('mute');
    await desk.button('unmute').waitFor();
    // what was under way when it was pressed
    await ear.hears(false);
    const silence = await ear.next(150);
    assert.ok(silence.rms < SILENT, `three seconds later: ${silence.rms}`);
    await desk.press('unmute');
    await ear.hears(true);
    assert.equal(await caller.hangUp(), 0, caller.messages());
    await desk.wrapsUp(callId);
  } finally {
    ear.close();
  }
});

test('an agent without a microphone reads what is wrong, and the call goes on ringing', async () => {
  await withoutMicrophone({}, '没有麦克风。');
});

test('an agent whose browser may not use the microphone reads what to do', async () => {
  const flags = ['--use-fake-device-for-media-stream', '--deny-permission-prompts'];
  await withoutMicrophone({ flags }, '浏览器未获准使用麦克风。');
});

async function withoutMicrophone(options, words) {
  await desk.takesBreak();
  const other = await browser({ without: MICROPHONE, ...options });
  try {
    const second = await Desk.open(other, cordboard, 'agent2', { permissions: [] });
    await second.takesCalls();
    const caller = await scene.dial({ from: CUSTOMER.from, to: RECORDED_LINE });
    const callId = await second.rings();
    await second.page.getByRole('alert').filter({ hasText: words }).waitFor();
    await second.press('answer');
    await second.page.getByRole('alert').filter({ hasText: words }).waitFor();
    assert.equal(second.call(callId).phase, 'RINGING');
    assert.equal(await caller.hangUp(), 0, caller.messages());
    assert.equal((await cordboard.callIs(callId, 'ENDED')).outcome, 'ABANDONED');
  } finally {
    await other.close();
  }
}
