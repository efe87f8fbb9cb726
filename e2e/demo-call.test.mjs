// The first story, as a newcomer lives it: the real launcher, server, database and browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { Desk, browser, signIn } from './lib/desk.mjs';
import { until } from './lib/wait.mjs';

let cordboard;
let chromium;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await cordboard?.close();
});

test('a demo call rings the desk with its customer and is answered by the agent', async () => {
  const page = await chromium.newPage({ locale: 'zh-CN' });
  page.setDefaultTimeout(60_000);
  await signIn(page, cordboard, 'agent1');
  await page.locator('button', { hasText: '就绪' }).first().click();
  const placed = page.waitForResponse(
    (r) => r.url().endsWith('/api/v1/calls') && r.request().method() === 'POST',
  );
  await page.locator('button', { hasText: '拨打演示电话' }).first().click();
  const { callId } = await (await placed).json();
  assert.match(callId, /^[0-9a-f-]{36}$/);
  await page.locator('button', { hasText: '接听' }).first().click();
  await page.getByText('未核身').first().waitFor();
  const status = await cordboard.callIs(callId, 'TALKING');
  assert.equal(status.answeredBy, 'agent1');
  assert.match(status.customer, /^[0-9a-f-]{36}$/);
});

/** The states of the page's sounds, newest last. Asked past Playwright, whose own questions count as somebody's click. */
async function soundsOf(page) {
  const cdp = await page.context().newCDPSession(page);
  const ask = async (expression) => (await cdp.send('Runtime.evaluate', { expression, returnByValue: true, userGesture: false })).result.value;
  return { ask, states: () => ask('globalThis.sounds.map(({ state }) => state)') };
}

test('who signs in by the form has let the ring be heard, where the browser keeps pages silent until then', async () => {
  const free = '--autoplay-policy=no-user-gesture-required';
  const strict = await browser({ without: [free], flags: ['--autoplay-policy=document-user-activation-required'] });
  try {
    const desk = await Desk.page(await strict.newContext({ locale: 'zh-CN' }), cordboard);
    const { page } = desk;
    await page.addInitScript(() => {
      globalThis.sounds = [];
      globalThis.AudioContext = class extends AudioContext {
        constructor(...options) {
          super(...options);
          globalThis.sounds.push(this);
        }
      };
    });
    await page.goto(cordboard.up.url);
    const { ask, states } = await soundsOf(page);
    await until('the form has the cursor', () => ask('document.activeElement?.tagName === "INPUT"'));
    await ask('void new AudioContext()');
    assert.deepEqual(await states(), ['suspended'], 'before anybody has done anything');

    await page.keyboard.type('agent2');
    await page.keyboard.press('Tab');
    await page.keyboard.type(cordboard.password('agent2'));
    await page.keyboard.press('Enter');
    await until('the sign-in alone has let sound through', async () => (await states()).length === 2 && (await states())[1] === 'running');

    await desk.ready();
    const since = await page.evaluate(() => performance.timeOrigin + performance.now());
    await desk.press('拨打演示电话');
    const call = await desk.rings();
    await desk.rang(since);
    await desk.press('answer');
    await desk.callIs(call, 'TALKING');
    await desk.press('hangUp');
    await desk.wrapsUp(call);
    await desk.takesBreak();
  } finally {
    await strict.close();
  }
});
