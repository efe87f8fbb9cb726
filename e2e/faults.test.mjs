// What may break in the middle of a talk, against the real parts. The customer is a real SIP caller.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { loudness, loudnessBySecond } from './lib/audio.mjs';
import { SILENT } from './lib/ear.mjs';
import { Scene } from './lib/scene.mjs';
import { measured, pause, until } from './lib/wait.mjs';

const CUSTOMER = '+8613800138000';
const LINE = '4008001234';

let scene;
let cordboard;
let desk;
let caller;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk } = scene);
});

after(() => scene?.close());

afterEach(() => scene.clear());

async function talking() {
  await desk.takesCalls();
  caller = await scene.dial({ from: CUSTOMER, to: LINE });
  return desk.answers();
}

/** The customer hangs up and the agent finishes: everything is as before. */
async function ends(callId) {
  assert.equal(await caller.hangUp(), 0, 'the customer was never dropped');
  await desk.wrapsUp(callId);
  return cordboard.callIs(callId, 'ENDED');
}

test('a page that is refreshed hears the customer again, who was never dropped', async () => {
  const callId = await talking();
  const began = Date.now();
  desk.forget();
  await desk.page.reload();
  await desk.talks();
  measured('refresh to heard again', Date.now() - began);
  await desk.callIs(callId, 'TALKING');
  assert.equal((await ends(callId)).outcome, 'ANSWERED');
});

test('a second tab follows, and takes the sound over when it is asked to', async () => {
  const callId = await talking();
  const tab = await desk.secondTab();
  await tab.callIs(callId, 'TALKING');
  assert.equal((await tab.sound()).sessions, 0);
  await desk.talks();
  await tab.press('在此通话');
  await tab.talks();
  await tab.callIs(callId, 'TALKING');
  await tab.page.close();
  await desk.talks();
  await desk.callIs(callId, 'TALKING');
  await ends(callId);
});

test('a server that is killed in mid-call leaves the talk unbroken and knows it again', async () => {
  const callId = await talking();
  const before = await desk.sound();
  cordboard.kill();
  await desk.page.locator('.troubles', { hasText: '连接已中断' }).waitFor();
  const meanwhile = await desk.sound();
  assert.ok(meanwhile.received > before.received && meanwhile.sent > before.sent, 'sound went on');
  desk.forget();
  cordboard.restart();
  await desk.callIs(callId, 'TALKING');
  const after = await desk.sound();
  assert.equal(after.sessions, before.sessions, 'the same session');
  await desk.talks();
  assert.equal((await cordboard.callIs(callId, 'TALKING')).answeredBy, 'agent1');
  assert.equal((await ends(callId)).outcome, 'ANSWERED');
});

test('a customer who hangs up while the server is dead leaves one record with its interval', async () => {
  const callId = await talking();
  cordboard.kill();
  assert.equal(await caller.hangUp(), 0);
  desk.forget();
  cordboard.restart();
  const view = await desk.callIs(callId, 'WRAP_UP');
  assert.equal(view.approximate, true);
  await desk.wrapsUp(callId);
  assert.equal((await cordboard.callIs(callId, 'ENDED')).outcome, 'ANSWERED');
});

test('an Asterisk that is killed closes its calls and keeps what was recorded', async () => {
  const callId = await talking();
  await until('it is recorded', () => desk.call(callId).recording === 'RECORDED');
  await pause(6_000);
  const pid = cordboard.asteriskPid();
  process.kill(pid, 'SIGKILL');
  const view = await desk.callIs(callId, 'WRAP_UP');
  assert.equal(view.endedBy, 'SWITCH');
  await until('Asterisk runs again', () => cordboard.asteriskPid() !== pid);
  await cordboard.switchIs('CONNECTED');
  await caller.kill();
  await desk.wrapsUp(callId);
  await desk.phoneIs('已注册');
  const ended = await cordboard.callIs(callId, 'ENDED');
  assert.equal(ended.outcome, 'SWITCH_RESTART');
  const { call } = await desk.inTimeline(callId, (entry) => entry.call.recordings[0]?.state === 'STORED');
  assert.equal(call.recordings[0].mayPlay, true);
  const kept = loudness(await desk.recording(callId));
  console.log('recorded until the kill:', kept);
  assert.ok(kept.seconds > 2, `what was recorded until then is kept: ${kept.seconds} s`);
  assert.ok(kept.rms[0] > 0.01, 'the customer is heard in it');
  const customer = desk.card(callId).id;
  await until('a call-back is owed', () => owed(customer));
  // the next call is served as ever, and pays what was owed
  await ends(await talking());
  await until('nothing is owed any more', async () => !(await owed(customer)));
});

async function owed(customer) {
  const { items } = await desk.get('/tasks?view=open&limit=200');
  return items.find((task) => task.customerId === customer && task.reason === 'switch-restart');
}

test('a pause outlives a killed server: what is said in it stands in no recording', async () => {
  const callId = await talking();
  await until('it is recorded', () => desk.call(callId).recording === 'RECORDED');
  await pause(4_000);
  await desk.press('pauseRecording');
  await until('it is paused', () => desk.call(callId).recording === 'PAUSED');
  cordboard.kill();
  await pause(3_000);
  desk.forget();
  cordboard.restart();
  await desk.callIs(callId, 'TALKING');
  assert.equal(desk.call(callId).recording, 'PAUSED');
  await desk.talks();
  await desk.press('resumeRecording');
  await until('it is recorded again', () => desk.call(callId).recording === 'RECORDED');
  await pause(4_000);
  await ends(callId);
  const { call } = await desk.inTimeline(callId, (entry) => entry.call.recordings.every((one) => one.state === 'STORED'));
  // a take may end with the server that ordered it; the next one goes on
  const takes = call.recordings.map((one) => one.id).sort();
  const files = await Promise.all(takes.map((id) => desk.bytes(`/recordings/${id}`)));
  const seconds = files.flatMap(loudnessBySecond);
  console.log('second by second:', seconds.map((both) => both.map((rms) => rms.toFixed(3)).join('/')).join(' '));
  const silent = seconds.map((both) => both.every((rms) => rms < SILENT));
  const [from, to] = [silent.indexOf(true), silent.lastIndexOf(true)];
  assert.ok(to - from >= 3, 'the pause is silence on both channels');
  assert.ok(silent.slice(from, to + 1).every(Boolean), 'all of it');
  for (const part of [seconds.slice(0, from - 1), seconds.slice(to + 2)]) {
    assert.ok(part.some(([customer]) => customer > 0.01), 'the customer is heard before and after');
    assert.ok(part.some(([, agent]) => agent > 0.001), 'the agent is heard before and after');
  }
});
