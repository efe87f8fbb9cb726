// An agent calls a customer: real Asterisk, Chromium as the phone, SIPp as the far end of the trunk.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { Callee, CALLEES } from './lib/callee.mjs';
import { Ear } from './lib/ear.mjs';
import { judge, THEMES } from './lib/looks.mjs';
import { Scene } from './lib/scene.mjs';
import { TRUNK_HOST } from './lib/sip.mjs';
import { pause, until } from './lib/wait.mjs';

const CUSTOMER = { number: '+8613800138000', typed: '138 0013 8000', name: '李明' };
/** Hz: what a customer speaks, and what the network says before anybody answers. */
const SPOKEN = 440;
const EARLY = 1000;

let scene;
let desk;
let callee;
let ear;

before(async () => {
  scene = await Scene.open('agent1');
  ({ desk } = scene);
  await desk.takesCalls();
});

after(() => scene?.close());

afterEach(async () => {
  await callee?.kill();
  ear?.close();
  ear = undefined;
});

async function calls(scenario, how) {
  callee = await Callee.waits(scene.cordboard, scenario, how);
  return desk.dials(CUSTOMER.typed);
}

/** The call is over: its outcome on the desk, in the record, and the agent free again. */
async function cameTo(callId, outcome) {
  await desk.page.getByText(outcome.words).first().waitFor();
  await desk.wrapsUp(callId);
  await desk.stateIs('READY');
  const ended = await scene.cordboard.callIs(callId, 'ENDED');
  assert.equal(ended.outcome, outcome.code);
}

test('the customer is shown, rung, told of the recording before the talk, talked to, recorded on both sides, and kept', async () => {
  ear = await Ear.at(TRUNK_HOST);
  const callId = await calls(CALLEES.talks, { ear });
  assert.equal(desk.card(callId).name, CUSTOMER.name);
  await until('the recording is announced', () => desk.call(callId).outgoing === 'ANNOUNCES');
  const notice = await ear.next(50);
  assert.ok(notice.share > 0.5, `the customer hears words: ${notice.share}`);
  assert.ok(!(await desk.hears(SPOKEN)), 'the agent does not hear the customer yet');
  assert.equal(desk.call(callId).outgoing, 'ANNOUNCES');
  assert.notEqual(desk.call(callId).recording, 'RECORDED');
  await desk.callIs(callId, 'TALKING');
  await desk.hearsTone(SPOKEN);
  await until('it is recorded', () => desk.call(callId).recording === 'RECORDED');
  await ear.hearsAgent();
  await pause(2_000);
  await desk.press('hangUp');
  assert.equal(await callee.ended, 0, callee.messages());
  assert.match(callee.messages(), /^INVITE sip:(\+86|0086|86)?13800138000@/m);
  const shown = callee.messages().match(/^(From|P-Asserted-Identity): .*/gm).join('\n');
  assert.ok(!shown.includes('13800138000') && !shown.includes(CUSTOMER.name), `the line is shown, nobody else: ${shown}`);
  await desk.wrapsUp(callId);
  await desk.stateIs('READY');
  const ended = await scene.cordboard.callIs(callId, 'ENDED');
  assert.equal(ended.outcome, 'ANSWERED');
  const entry = await desk.inTimeline(callId, ({ call }) => call.recordings[0]?.state === 'STORED');
  assert.equal(entry.call.direction, 'out');
  assert.equal(entry.call.recordings.length, 1);
  const { rms } = loudness(await desk.recording(callId));
  assert.ok(rms[0] > 0.01 && rms[1] > 0.001, `both are heard: ${rms}`);
});

test('what the network says before the answer is heard by the agent', async () => {
  const callId = await calls(CALLEES.early, { hertz: EARLY });
  await desk.hearsTone(EARLY);
  assert.equal(desk.call(callId).phase, 'DIALLING');
  assert.equal(desk.call(callId).answeredAt, null);
  await desk.press('取消呼叫');
  await cameTo(callId, { words: '接听前已取消', code: 'CANCELLED' });
});

test('a busy customer, a number that does not exist and one that is given up are told apart', async () => {
  await cameTo(await calls(CALLEES.busy), { words: '对方忙', code: 'BUSY' });
  await callee.kill();
  await cameTo(await calls(CALLEES.unknown), { words: '号码不存在', code: 'WRONG_NUMBER' });
  await callee.kill();
  const callId = await calls(CALLEES.rings);
  await until('it rings there', () => desk.call(callId).outgoing === 'RINGS');
  assert.deepEqual(await judge(desk.page, 'dialling', THEMES), []);
  await desk.press('取消呼叫');
  await cameTo(callId, { words: '接听前已取消', code: 'CANCELLED' });
});

test('a program of the page calls like the page itself', async () => {
  callee = await Callee.waits(scene.cordboard, CALLEES.talks);
  const { status, callId } = await desk.page.evaluate(async (number) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const answer = await fetch('/api/v1/outgoing-calls', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
      body: JSON.stringify({ number, queue: null }),
    });
    return { status: answer.status, ...(await answer.json()) };
  }, CUSTOMER.number);
  assert.equal(status, 201);
  await desk.callIs(callId, 'TALKING');
  await desk.press('hangUp');
  await desk.wrapsUp(callId);
  await desk.stateIs('READY');
});

test('a number abroad is refused with the reason and the mend, and nobody is rung', async () => {
  await desk.types('+44 20 7946 0000');
  await desk.page.getByText(/--dial/).first().waitFor();
  await desk.stateIs('READY');
});

test('before a shift the phone is checked: what it hears, and that the switch answers', async () => {
  const { page } = desk;
  await desk.key('u');
  await desk.press('开始检测');
  // slow is what a busy machine may be
  for (const code of ['[data-code=heard]', ':is([data-code=switchAnswers], [data-code=switchSlow])']) await page.locator(`.check-findings ${code}`).waitFor();
  await desk.button('重新检测').waitFor();
  assert.equal(await page.locator('.check-findings [data-outcome=bad]').count(), 0, await page.locator('.check').innerText());
  assert.deepEqual(await judge(page, 'phone-check', THEMES), []);
  await page.keyboard.press('Escape');
});
