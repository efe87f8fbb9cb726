// The link between the server and Asterisk: cut in mid-call, refused, stopped and started.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Proxy } from './lib/proxy.mjs';
import { Scene } from './lib/scene.mjs';

const CALL = { from: '+8613800138000', to: '4008001234' };

let scene;
let cordboard;
let desk;
let proxy;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk } = scene);
  proxy = await Proxy.to(Number(new URL(cordboard.pbx.ariUrl).port));
});

after(async () => {
  proxy?.close();
  await scene?.close();
});

test('a link that is cut leaves the talk unbroken, and the record has the interval', async () => {
  await cordboard.connectBy({ ariUrl: `http://127.0.0.1:${proxy.port}/ari` });
  await cordboard.switchIs('CONNECTED');
  await desk.takesCalls();
  const caller = await scene.dial(CALL);
  const callId = await desk.answers();
  const sessions = (await desk.sound()).sessions;
  proxy.cut();
  await cordboard.switchIs('LOST');
  await desk.talks();
  assert.equal((await cordboard.get(`/calls/${callId}`)).phase, 'TALKING');
  assert.equal(await caller.hangUp(), 0, 'the customer was never dropped');
  proxy.mend();
  await cordboard.switchIs('CONNECTED');
  const view = await desk.callIs(callId, 'WRAP_UP');
  assert.equal(view.approximate, true);
  assert.equal((await desk.sound()).sessions, sessions, 'the talk had one session');
  await desk.wrapsUp(callId);
});

test('wrong credentials are told in words, and right ones mend it', async () => {
  await cordboard.connectBy({ ariPassword: 'wrong' });
  const lost = await cordboard.switchIs('LOST');
  console.log(`told: ${lost.reason}`);
  assert.match(lost.reason, /password|credential/i);
  await cordboard.connectBy({});
  await cordboard.switchIs('CONNECTED');
});

test('an Asterisk that is stopped goes away, and comes back by one command', async () => {
  cordboard.cli('pbx', 'down');
  const { items } = await cordboard.get('/switches');
  assert.deepEqual(items.map((one) => one.id), ['demo']);
  await desk.phoneIs('演示话机');
  await cordboard.startAsterisk();
  await desk.phoneIs('浏览器话机');
  await desk.takesCalls();
  const placed = cordboard.cliMeanwhile('call', '--from', CALL.from, '--to', CALL.to, '--say', '你好', '--seconds', '30');
  const callId = await desk.answers();
  await desk.press('hangUp');
  assert.deepEqual(await placed, { callId, answeredBy: 'agent1', outcome: 'ANSWERED' });
  await desk.wrapsUp(callId);
});
