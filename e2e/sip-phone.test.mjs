// An agent with a SIP phone on the table: the desk shows the card, the phone is answered by hand.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { Callee, CALLEES } from './lib/callee.mjs';
import { Scene } from './lib/scene.mjs';
import { SipPhone } from './lib/sip.mjs';
import { pause, until } from './lib/wait.mjs';

const EXTENSION = '1001';
const CUSTOMER = { from: '+8613800138000', name: '李明' };

let scene;
let cordboard;
let desk;
let phone;
let callee;

before(async () => {
  scene = await Scene.open('agent2', { phone: { switchId: 'asterisk', address: EXTENSION, kind: 'SIP' } });
  ({ cordboard, desk } = scene);
});

after(async () => {
  await callee?.kill();
  await phone?.quit();
  await scene?.close();
});

const calls = (seconds) =>
  cordboard.call({ from: CUSTOMER.from, to: '4008001234', say: '你好，我的订单到哪里了', seconds });

test('an agent whose phone is not registered is offered nothing', async () => {
  await desk.phoneIs('未注册');
  await desk.ready();
  const callId = await calls(12);
  const ended = await cordboard.callIs(callId, 'ENDED');
  assert.equal(ended.outcome, 'ABANDONED');
  assert.equal(desk.call(callId), null);
});

test('a call rings at the SIP phone with its card on the desk, is talked and recorded', async () => {
  phone = await SipPhone.register(cordboard, EXTENSION);
  await desk.takesCalls();
  const callId = await calls(120);
  await desk.callIs(callId, 'TALKING');
  assert.equal(desk.card(callId).name, CUSTOMER.name);
  await until('it is recorded', () => desk.call(callId).recording === 'RECORDED');
  await pause(5_000);
  await desk.press('hangUp');
  await desk.wrapsUp(callId);
  assert.equal((await cordboard.callIs(callId, 'ENDED')).answeredBy, 'agent2');
  const { rms } = loudness(await desk.recording(callId));
  console.log('recording:', rms);
  assert.ok(rms[0] > 0.005 && rms[1] > 0.01, `both sides are heard: ${rms}`);
});

test('an agent who talks at the phone by themselves is offered nothing until they hang up', async () => {
  await desk.takesCalls();
  phone.command('dial', '*43');
  await desk.phoneIs('通话中');
  const callId = await calls(120);
  await cordboard.callIs(callId, 'WAITING');
  await pause(8_000);
  assert.equal((await cordboard.get(`/calls/${callId}`)).phase, 'WAITING');
  phone.command('hangup');
  await desk.callIs(callId, 'TALKING');
  await desk.press('hangUp');
  await desk.wrapsUp(callId);
});

test('a number that is dialled by hand at the phone brings the card, reaches the customer and is kept', async () => {
  await desk.takesCalls();
  callee = await Callee.waits(cordboard, CALLEES.talks);
  const callId = await desk.callsOut(() => phone.command('dial', '13800138000'));
  assert.equal(desk.card(callId).name, CUSTOMER.name);
  await desk.callIs(callId, 'TALKING');
  assert.match(callee.messages(), /^INVITE sip:(\+86|0086|86)?13800138000@/m);
  await pause(2_000);
  phone.command('hangup');
  assert.equal(await callee.ended, 0, callee.messages());
  await desk.wrapsUp(callId);
  const ended = await cordboard.callIs(callId, 'ENDED');
  assert.deepEqual([ended.outcome, ended.answeredBy], ['ANSWERED', 'agent2']);
});

test('what may not be dialled is refused at the phone, and the desk says why', async () => {
  await desk.takesCalls();
  phone.command('dial', '4008001234');
  await desk.page.getByText('话机上拨的号码未拨出').waitFor();
  await desk.phoneIs('已注册');
  assert.equal((await desk.me()).state, 'READY');
});
