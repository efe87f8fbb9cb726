// Who waits presses the key and keeps the place; at its turn the call-back rings at an agent, who is put through. Real Asterisk.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { Callee, CALLEES } from './lib/callee.mjs';
import { Ear } from './lib/ear.mjs';
import { Scene } from './lib/scene.mjs';
import { TRUNK_HOST } from './lib/sip.mjs';
import { until } from './lib/wait.mjs';

const CUSTOMER = { number: '+8613800138000', name: '李明' };
const LINE = '4008001234';
const KEY = '1';

let scene;
let cordboard;
let desk;
let ear;
let callee;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk } = scene);
  const queues = cordboard.cli('export').sections.queues.map((queue) => ({ ...queue, announceSeconds: 15, callBackKey: KEY }));
  const file = join(cordboard.data, 'call-back.yaml');
  // JSON is YAML too
  writeFileSync(file, JSON.stringify({ queues }));
  cordboard.cli('apply', file, '--yes');
  // somebody has to be there, else nobody is let wait
  await desk.takesCalls();
  await desk.takesBreak();
});

after(() => scene?.close());

afterEach(async () => {
  await scene.clear();
  await callee?.kill();
  ear?.close();
});

const waiting = () => desk.page.locator('.queue-words.figures');

/** The call-backs that are owed to this customer. */
async function owed() {
  const { items } = await desk.get('/tasks?view=open');
  return items.filter(({ number }) => number === CUSTOMER.number);
}

/** A caller waits, presses the key, is thanked, and told goodbye. */
async function keepsPlace() {
  ear = await Ear.at(TRUNK_HOST);
  const caller = await scene.dial({ from: CUSTOMER.number, to: LINE, ear });
  await waiting().waitFor();
  await ear.presses(KEY);
  assert.equal(await caller.ended, 0, caller.messages());
  assert.match(caller.messages(), /^BYE sip:caller@/m, 'the switch said goodbye, not the caller');
  await until('a call-back is owed', async () => (await owed()).some(({ reason }) => reason === 'call-back'));
  // the place is seen to wait, though nobody is on the line
  await waiting().waitFor();
}

/** It rings at the agent, with the card and when it was asked; its id. */
async function itsTurnComes() {
  await desk.takesCalls();
  const callId = await desk.rings();
  assert.equal(desk.card(callId).name, CUSTOMER.name);
  assert.notEqual(desk.call(callId).callBackAskedAt, null);
  await desk.page.getByText(/^回电：客户于 .* 要求回电/).waitFor();
  assert.doesNotMatch(callee.messages(), /^INVITE/m, 'nobody is dialled before the agent answers');
  return callId;
}

test('who asked is dialled when the agent answers, and after the talk nothing is owed', async () => {
  await keepsPlace();
  callee = await Callee.waits(cordboard, CALLEES.talks);
  const callId = await itsTurnComes();
  await desk.press('answer');
  await desk.callIs(callId, 'TALKING');
  await desk.talks();
  assert.match(callee.messages(), /^INVITE sip:(\+86|0086|86)?13800138000@/m);
  await desk.press('hangUp');
  assert.equal(await callee.ended, 0, callee.messages());
  await desk.wrapsUp(callId);
  await desk.stateIs('READY');
  await until('nothing is owed', async () => (await owed()).length === 0);
  await desk.page.locator('.queue-words:not(.figures)').waitFor();
  assert.equal((await cordboard.callIs(callId, 'ENDED')).outcome, 'ANSWERED');
  const { items } = await desk.get(`/customers/${desk.card(callId).id}/timeline?kind=call`);
  assert.ok(items.some(({ state }) => state === 'CALL_BACK'), 'the call in which it was asked stands there too');
  await desk.takesBreak();
});

test('who is not reached stays owed a call-back, with what became of the first try', async () => {
  await keepsPlace();
  callee = await Callee.waits(cordboard, CALLEES.busy);
  const callId = await itsTurnComes();
  await desk.press('answer');
  assert.equal(await callee.ended, 0, callee.messages());
  await desk.wrapsUp(callId);
  await desk.stateIs('READY');
  const [task] = await owed();
  assert.equal(task.tries, 1);
  assert.equal(task.lastTry, 'BUSY');
  assert.equal((await cordboard.callIs(callId, 'ENDED')).outcome, 'BUSY');
});
