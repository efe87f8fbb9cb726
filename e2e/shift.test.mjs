// What agents do with a call, and what may come between: two agents in browsers, one of them later at a SIP phone, customers at the trunk.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { Desk } from './lib/desk.mjs';
import { Ear } from './lib/ear.mjs';
import { judge, THEMES } from './lib/looks.mjs';
import { Scene } from './lib/scene.mjs';
import { SipPhone, TRUNK_HOST } from './lib/sip.mjs';
import { until } from './lib/wait.mjs';

const FROM = '+8613800138000';
const LINE = '4008001234';
const NOTE = '退货已登记，等仓库确认 ✓';
const EXTENSION = '1001';

let scene;
let cordboard;
let first;
let second;
let ear;
let caller;
let phone;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk: first } = scene);
  second = await Desk.open(scene.chromium, cordboard, 'agent2');
});

after(async () => {
  await phone?.quit();
  await scene?.close();
});

afterEach(async () => {
  await scene.clear();
  ear?.close();
  ear = undefined;
});

/** The first agent talks to a customer, the second one is free. */
async function talk() {
  await first.takesCalls();
  ear = await Ear.at(TRUNK_HOST);
  caller = await scene.dial({ from: FROM, to: LINE, ear });
  const callId = await first.answers();
  await second.takesCalls();
  await until('it is recorded', () => first.call(callId).recording === 'RECORDED');
  await ear.hearsAgent();
  return callId;
}

/** Hands the call on by keys alone to whom these letters find first. */
async function handsOn(letters) {
  await opensChooser();
  await chooses(letters);
}

async function opensChooser() {
  await first.key('t');
  await first.page.locator('.transfer input:focus').waitFor();
}

async function chooses(letters) {
  const { page } = first;
  await page.keyboard.type(letters);
  await until(`${letters} can be chosen`, async () => (await page.locator('.transfer [role=option]:not([aria-disabled=true])').count()) === 1);
  await page.keyboard.press('Enter');
}

/** The page has nothing in the way at this moment. */
async function looksRight({ page }, moment) {
  assert.deepEqual(await judge(page, moment, THEMES), []);
}

async function opensKeypad() {
  await first.key('k');
  await first.page.locator('.keypad').waitFor();
}

/** Until it is loaded anew, this page is given no microphone: what rings there goes on ringing. */
function keepsRinging(desk) {
  return desk.page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
  });
}

/** The other agent's name, as the list of those who may be chosen has it. */
async function nameOf(user) {
  const { items } = await cordboard.get('/users');
  return items.find(({ username }) => username === user).name;
}

async function customerHangsUp(callId, ...desks) {
  assert.equal(await caller.hangUp(), 0, caller.messages());
  for (const desk of desks) await desk.wrapsUp(callId);
  await cordboard.callIs(callId, 'ENDED');
  for (const desk of [first, second]) {
    if ((await desk.me()).state !== 'NOT_READY') await desk.takesBreak();
  }
}

/** Of a call's record: who had it, and how each part ended. */
async function partsOf(callId) {
  const { parts } = await cordboard.get(`/calls/${callId}/record`);
  return parts.map(({ agent, outcome }) => [agent, outcome]);
}

test('on hold the customer hears music, afterwards the agent; keys reach the far end; a refresh in the middle of either loses nothing', async () => {
  const callId = await talk();
  await first.key('h');
  await first.callIs(callId, 'HELD');
  await ear.hearsMusic();
  await first.refreshes();
  await until('the phone is in the call again', async () => (await first.sound()).sent > 0);
  await first.callIs(callId, 'HELD');
  await ear.hearsMusic();
  await first.key('h');
  await first.callIs(callId, 'TALKING');
  await ear.hearsAgent();
  await opensKeypad();
  await first.page.keyboard.press('4');
  await ear.hearsKeys('4');
  await first.refreshes();
  await first.talks();
  await first.callIs(callId, 'TALKING');
  await opensKeypad();
  await looksRight(first, 'keypad');
  for (const one of '2#') await first.page.keyboard.press(one);
  await ear.hearsKeys('42#');
  await first.page.keyboard.press('Escape');
  await first.page.locator('.keypad').waitFor({ state: 'hidden' });
  await first.key('e', 'e');
  await first.callIs(callId, 'WRAP_UP');
  assert.equal(await caller.ended, 0, caller.messages());
  await first.wrapsUp(callId);
  await first.takesBreak();
  await second.takesBreak();
});

test('a transfer shows notes and card at once, and a refresh of both pages in the middle of it loses nothing', async () => {
  const callId = await talk();
  await first.key('n');
  await first.page.keyboard.type(NOTE);
  await opensChooser();
  await looksRight(first, 'transfer');
  await chooses(await nameOf('agent2'));
  await first.callIs(callId, 'WRAP_UP');
  assert.equal(await second.rings(), callId);
  await second.page.getByText(NOTE).waitFor();
  await ear.hearsMusic();
  for (const desk of [first, second]) await desk.refreshes();
  await first.callIs(callId, 'WRAP_UP');
  assert.equal(await second.rings(), callId);
  assert.equal(second.card(callId).name, first.card(callId).name);
  await second.page.getByText(NOTE).waitFor();
  await second.press('answer');
  await second.callIs(callId, 'TALKING');
  await second.talks();
  await ear.hearsAgent();
  await customerHangsUp(callId, first, second);
  assert.deepEqual(await partsOf(callId), [[await nameOf('agent1'), 'TRANSFERRED'], [await nameOf('agent2'), 'ENDED']]);
});

test('a transfer that is declined comes back to who made it, and a refresh of both pages leaves it there', async () => {
  const callId = await talk();
  await handsOn(await nameOf('agent2'));
  assert.equal(await second.rings(), callId);
  await second.declines();
  await first.callIs(callId, 'RINGING');
  for (const desk of [second, first]) await desk.refreshes();
  assert.equal((await second.me()).state, 'NOT_READY');
  assert.equal(second.call(callId), null);
  assert.equal(await first.rings(), callId);
  await ear.hearsMusic();
  await first.press('answer');
  await first.callIs(callId, 'TALKING');
  await ear.hearsAgent();
  await customerHangsUp(callId, first);
});

test('a transfer to the queue goes to another agent', async () => {
  const callId = await talk();
  await handsOn('Care');
  assert.equal(await second.rings(), callId);
  await second.press('answer');
  await second.callIs(callId, 'TALKING');
  await ear.hearsAgent();
  await customerHangsUp(callId, first, second);
});

test('a parked customer hears music, of two who pick up at once one has the call, and refreshes lose neither the list nor what rings', async () => {
  const callId = await talk();
  await first.key('i');
  await ear.hearsMusic();
  await first.wrapsUp(callId);
  await first.stateIs('READY');
  for (const desk of [first, second]) {
    await desk.refreshes();
    await desk.takesCalls();
    await desk.page.locator('.parked li').waitFor();
    await keepsRinging(desk);
  }
  await looksRight(second, 'parked');
  await Promise.all([first.key('i'), second.key('i')]);
  const winner = await until('it rings at one of them', () => [first, second].find((desk) => desk.call(callId)?.phase === 'RINGING'));
  for (const desk of [first, second]) await desk.refreshes();
  await winner.callIs(callId, 'TALKING');
  await winner.talks();
  await ear.hearsAgent();
  const loser = winner === first ? second : first;
  assert.equal((await loser.me()).state, 'READY');
  assert.notEqual(loser.call(callId)?.phase, 'TALKING');
  await customerHangsUp(callId, winner);
});

test('an agent calls a colleague by their extension, a refresh keeps the two together, and either of them ends it', async () => {
  await first.takesCalls();
  await second.takesCalls();
  const { agents } = await first.get('/transfer-targets');
  const callId = await first.dials(agents.find((one) => one.user === 'agent2').extension);
  assert.equal(await second.rings(), callId);
  await second.page.getByText('呼叫您').waitFor();
  await second.press('answer');
  await Promise.all([first.callIs(callId, 'CONSULTING'), second.callIs(callId, 'CONSULTING')]);
  await Promise.all([first.talks(), second.talks()]);
  await first.page.reload();
  await first.callIs(callId, 'CONSULTING');
  await Promise.all([first.talks(), second.talks()]);
  await second.key('e', 'e');
  await Promise.all([first.stateIs('READY'), second.stateIs('READY')]);
  await first.takesBreak();
  await second.takesBreak();
  const record = await until('the record stands', () => cordboard.get(`/calls/${callId}/record`).catch(() => undefined));
  assert.equal(record.direction, 'inside');
  assert.equal(record.outcome, 'ANSWERED');
  assert.deepEqual(record.recordings, []);
});

test('an agent at a SIP phone takes a transfer there, with the card on the desk', async () => {
  await cordboard.givePhone('agent2', { switchId: 'asterisk', address: EXTENSION, kind: 'SIP' });
  await second.page.reload();
  phone = await SipPhone.register(cordboard, EXTENSION);
  const callId = await talk();
  await handsOn(await nameOf('agent2'));
  await second.callIs(callId, 'TALKING');
  assert.equal(second.card(callId).name, first.card(callId).name);
  await ear.hears(true);
  await customerHangsUp(callId, first, second);
  await phone.quit();
});

test('a transfer that the SIP phone leaves ringing comes back to who made it', async () => {
  phone = await SipPhone.register(cordboard, EXTENSION, { answers: false });
  const callId = await talk();
  await handsOn(await nameOf('agent2'));
  await second.callIs(callId, 'RINGING');
  await first.callIs(callId, 'RINGING');
  await second.stateIs('NOT_READY');
  await first.press('answer');
  await first.callIs(callId, 'TALKING');
  await ear.hearsAgent();
  await customerHangsUp(callId, first);
});
