// The agent's phone in the browser: checked before the shift, in a talk, and changed in the middle of the day.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { browser, Desk } from './lib/desk.mjs';
import { Scene } from './lib/scene.mjs';
import { SipPhone } from './lib/sip.mjs';
import { until } from './lib/wait.mjs';

const CUSTOMER = { from: '+8613800138000' };
const LINE = '4008001234';

let scene;
let desk;

before(async () => {
  scene = await Scene.open('agent1');
  ({ desk } = scene);
});

after(() => scene?.close());

afterEach(() => scene.clear());

/** Opens the phone check by its key and lets it run; what it found. */
async function check({ page }) {
  await page.keyboard.press('u');
  await page.locator('button', { hasText: /^开始检测/ }).click();
  await page.locator('button', { hasText: /^重新检测/ }).waitFor();
  const found = await page.locator('.check-findings li').evaluateAll((lines) => lines.map((line) => line.dataset.code));
  await page.keyboard.press('Escape');
  return found;
}

test('the check before the shift hears the microphone and times the way to the phone system', async () => {
  await desk.phoneIs('已注册');
  assert.deepEqual((await check(desk)).sort(), ['heard', 'switchAnswers', 'udpUnproven']);
  // the check lets go of what it opened: the phone is as it was
  await desk.phoneIs('已注册');
});

test('a chosen microphone is remembered by the browser', async () => {
  const { page } = desk;
  await page.keyboard.press('u');
  const select = page.locator('.devices select').first();
  const [, first] = await select.locator('option').evaluateAll((options) => options.map((option) => option.value));
  await select.selectOption(first);
  await page.reload();
  await desk.button('ready').waitFor();
  await page.keyboard.press('u');
  assert.equal(await page.locator('.devices select').first().inputValue(), first);
  assert.equal(await page.locator('.devices select').count(), 3, 'and another device may ring');
  await page.keyboard.press('Escape');
});

test('the check tells a browser that may not use the microphone what to do', async () => {
  const other = await browser({ without: ['--use-fake-ui-for-media-stream'], flags: ['--deny-permission-prompts'] });
  try {
    const second = await Desk.open(other, scene.cordboard, 'agent2', { permissions: [] });
    const found = await check(second);
    assert.ok(found.includes('denied') && found.includes('switchAnswers'), found.join());
  } finally {
    await other.close();
  }
});

test('how a talk sounds is shown in it, and stands in its record', async () => {
  await desk.takesCalls();
  const caller = await scene.dial({ from: CUSTOMER.from, to: LINE });
  const callId = await desk.answers();
  await desk.page.locator('.call-quality[data-grade=good]').waitFor();
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await desk.wrapsUp(callId);
  const quality = await until('the record tells how it sounded', async () => {
    const { parts } = await scene.cordboard.get(`/calls/${callId}/record`).catch(() => ({ parts: [] }));
    return parts[0]?.quality;
  });
  console.log('quality:', quality);
  assert.ok(quality.seconds >= 4 && quality.score > 4 && quality.lossPercent < 5, JSON.stringify(quality));
});

test('an agent with two phones chooses which one rings', async () => {
  const { cordboard } = scene;
  const phone = await SipPhone.register(cordboard, '1003');
  try {
    await cordboard.giveSparePhone('agent1', { switchId: 'asterisk', address: '1003', kind: 'SIP' });
    await desk.page.locator('.other-phone', { hasText: '改用话机 1003' }).click();
    await desk.phoneIs('话机 1003');
    await desk.takesCalls();
    const callId = await cordboard.call({ from: CUSTOMER.from, to: LINE, say: '你好', seconds: 60 });
    await desk.callIs(callId, 'TALKING');
    assert.equal((await desk.sound()).state === 'connected', false, 'the browser has no part in it');
    await desk.press('hangUp');
    await desk.callIs(callId, 'WRAP_UP');
    await desk.page.locator('.other-phone', { hasText: '改用浏览器话机' }).click();
    await desk.phoneIs('浏览器话机');
    await desk.phoneIs('已注册');
    await desk.wrapsUp(callId);
  } finally {
    await phone.quit();
    await cordboard.giveSparePhone('agent1', null);
  }
});

test('where a queue wants it, the browser phone answers by itself after a tone', async () => {
  const { cordboard } = scene;
  await cordboard.request('POST', '/queues/care', { autoAnswer: true });
  try {
    await desk.takesCalls();
    const before = Date.now();
    const callId = await cordboard.call({ from: CUSTOMER.from, to: LINE, say: '你好', seconds: 60 });
    await desk.talks();
    await desk.callIs(callId, 'TALKING');
    await desk.rang(before);
    await desk.press('hangUp');
    await desk.wrapsUp(callId);
  } finally {
    await cordboard.request('POST', '/queues/care', { autoAnswer: false });
  }
});
