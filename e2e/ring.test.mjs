// The first second of a call: nothing jumps, nobody misses it, and no hand has to leave the keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, Desk, signIn } from './lib/desk.mjs';
import { until } from './lib/wait.mjs';

const LINE = '4008001234';
const KNOWN = '+8613800138000';

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

/** A desk whose browser was given these permissions; `prepare` runs in the page before its own code. */
async function open(user, { permissions = [], prepare } = {}) {
  const context = await chromium.newContext({ locale: 'zh-CN', permissions, viewport: { width: 1280, height: 860 } });
  const desk = await Desk.page(context, cordboard);
  if (prepare) await desk.page.addInitScript(prepare);
  await signIn(desk.page, cordboard, user);
  await desk.button('ready').waitFor();
  await desk.ready();
  return desk;
}

const call = (from = KNOWN) => cordboard.call({ from, to: LINE, say: '你好', seconds: 120 });

/** Leaves nothing behind for the next test. */
async function finish(desk, callId) {
  await desk.wrapsUp(callId);
  await desk.takesBreak();
  await desk.page.context().close();
}

/** What moved on the page without the agent's doing, as the browser itself measures it. */
function watchShifts() {
  globalThis.shifts = [];
  const nameOf = (node) => (node?.nodeType === 1 ? node : node?.parentElement)?.closest('.arrival, .headline, .card, .candidates, .caller-actions, .record, .call-bar, .stage, .timeline, .rail')?.className ?? 'elsewhere';
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      for (const { node, previousRect: was, currentRect: is } of sources) {
        globalThis.shifts.push({ value, in: nameOf(node), what: node?.className ?? node?.nodeName, was: [was.x, was.y, was.width, was.height].join(), is: [is.x, is.y, is.width, is.height].join() });
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

const shifts = (desk) => desk.page.evaluate(() => globalThis.shifts);

test('from the ring to the record nothing moves, however late the history comes', async () => {
  const desk = await open('agent1', { prepare: watchShifts });
  const { page } = desk;
  let letThrough;
  const held = new Promise((done) => (letThrough = done));
  await page.route('**/timeline*', async (route) => {
    await held;
    await route.continue();
  });
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => globalThis.shifts.splice(0));
  await call();
  const callId = await desk.rings();
  await page.locator('.headline h1', { hasText: '李明' }).waitFor();
  letThrough();
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('a');
  await desk.callIs(callId, 'TALKING');
  await page.locator('.said').nth(2).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  await page.keyboard.press('e');
  await desk.callIs(callId, 'WRAP_UP');
  await page.locator('.dispositions').waitFor();
  assert.deepEqual(await shifts(desk), []);
  // what does move would have been seen: half a second after a key it is nobody's doing
  await until('a planted move is seen', async () => {
    await page.evaluate(() => (document.querySelector('.bar-row').style.paddingInlineStart = `${60 + (performance.now() % 60)}px`));
    return (await shifts(desk)).some((shift) => shift.in === 'call-bar');
  });
  await finish(desk, callId);
});

test('a hidden page tells a ring by its title, by sound and by the system, and no longer than it rings', async () => {
  const desk = await open('agent1', { permissions: ['notifications'], prepare: hidePage });
  const { page } = desk;
  const title = await page.title();
  const before = await page.evaluate(() => globalThis.e2e.rings.length);
  await page.evaluate(() => globalThis.hide(true));
  await call();
  const callId = await desk.rings();
  await page.waitForFunction(() => globalThis.notices.length === 1);
  const [notice] = await page.evaluate(() => globalThis.notices);
  assert.match(notice, /李明/);
  assert.match(await page.title(), /李明/);
  await until('it is heard', async () => (await page.evaluate(() => globalThis.e2e.rings.length)) > before);
  await page.evaluate(() => globalThis.hide(false));
  await page.waitForFunction(() => globalThis.notices.length === 0);
  await page.evaluate(() => globalThis.hide(true));
  await page.waitForFunction(() => globalThis.notices.length === 1);
  await desk.press('answer');
  await desk.callIs(callId, 'TALKING');
  await page.waitForFunction(() => globalThis.notices.length === 0);
  assert.equal(await page.title(), title);
  await desk.press('hangUp');
  await finish(desk, callId);
});

test('where the browser lets nobody be told by the system, a ring is seen and heard, and nobody is asked', async () => {
  const desk = await open('agent1', { prepare: hidePage });
  const { page } = desk;
  assert.equal(await page.evaluate(() => Notification.permission), 'denied');
  assert.equal(await page.getByText('在其他窗口工作时').count(), 0);
  const before = await page.evaluate(() => globalThis.e2e.rings.length);
  await page.evaluate(() => globalThis.hide(true));
  await call();
  const callId = await desk.rings();
  await until('it is heard', async () => (await page.evaluate(() => globalThis.e2e.rings.length)) > before);
  assert.match(await page.title(), /李明/);
  assert.deepEqual(await page.evaluate(() => globalThis.notices), []);
  await desk.press('answer');
  await desk.press('hangUp');
  await finish(desk, callId);
});

/** No headless page is ever hidden: this one believes it, and keeps account of the real notices that are shown. */
function hidePage() {
  let hidden = false;
  Object.defineProperty(Document.prototype, 'hidden', { get: () => hidden });
  globalThis.hide = (wanted) => {
    hidden = wanted;
    document.dispatchEvent(new Event('visibilitychange'));
  };
  globalThis.notices = [];
  globalThis.Notification = class extends globalThis.Notification {
    constructor(words, options) {
      super(words, options);
      globalThis.notices.push(words);
    }
    close() {
      super.close();
      globalThis.notices = globalThis.notices.filter((words) => words !== this.title);
    }
  };
}

test('a whole call needs no mouse, and no letter of the notes becomes a command', async () => {
  const desk = await open('agent1');
  const { page } = desk;
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press('?');
  await page.locator('.key-map[open]').waitFor();
  await press('d', 'Escape');
  await page.locator('.key-map[open]').waitFor({ state: 'detached' });
  await call();
  const callId = await desk.rings();
  await press('a');
  await desk.callIs(callId, 'TALKING');
  await page.locator('.notes:focus-within').waitFor();
  await page.keyboard.type('home deliver: please, a 3 kg box? ');
  await press('Escape', 'h');
  await desk.callIs(callId, 'HELD');
  await page.locator('.notes:focus-within').waitFor();
  await press('Escape', 'h');
  await desk.callIs(callId, 'TALKING');
  await page.locator('.notes:focus-within').waitFor();
  await press('Escape', 'p');
  await until('the recording pauses', () => desk.call(callId).recording === 'PAUSED');
  await page.locator('.notes:focus-within').waitFor();
  await press('Escape', 'v');
  await page.locator('.ant-popover .choices').waitFor();
  await press('1');
  await page.locator('.trust.verified').waitFor();
  await page.locator('.notes:focus-within').waitFor();
  await press('Escape', 't');
  await page.locator('.transfer input:focus').waitFor();
  await page.keyboard.type('nobody');
  await press('Escape');
  await page.locator('.transfer').waitFor({ state: 'detached' });
  await page.locator('.notes:focus-within').waitFor();
  await press('Control+k');
  await page.locator('dialog.panel[open]').waitFor();
  await press('Escape');
  await page.locator('dialog.panel[open]').waitFor({ state: 'detached' });
  await page.locator('.notes:focus-within').waitFor();
  await press('Escape', 'n');
  await page.locator('.notes:focus-within').waitFor();
  await page.keyboard.type('end');
  await press('Escape', 'e');
  await page.locator('.armed').waitFor();
  await press('e');
  await desk.callIs(callId, 'WRAP_UP');
  assert.equal(await page.locator('#notes').inputValue(), 'home deliver: please, a 3 kg box? end');
  await press('Escape', '1');
  await until('the outcome is kept', () => desk.call(callId).disposition);
  await press('Control+Enter');
  await desk.callIs(callId, 'DONE');
  await press('b', '1');
  await desk.stateIs('NOT_READY');
  await page.context().close();
});

test('a part of the page that cannot be drawn takes nothing else with it, and can be tried again', async () => {
  const desk = await open('agent1');
  const { page } = desk;
  await page.route('**/timeline*', (route) => route.fulfill({ json: { items: [{ kind: 'call', id: 'x', at: '2026-01-01T00:00:00Z', call: {} }], next: null } }));
  await call();
  const callId = await desk.rings();
  await page.locator('.timeline .part-broken').waitFor();
  await page.keyboard.press('a');
  await desk.callIs(callId, 'TALKING');
  await page.unroute('**/timeline*');
  await page.locator('.timeline .part-broken button').click();
  await page.locator('.timeline .entries').waitFor();
  await desk.press('hangUp');
  await finish(desk, callId);
});

test('a desk whose server does not answer says so, and opens by itself when it does', async () => {
  const context = await chromium.newContext({ locale: 'zh-CN' });
  const desk = await Desk.page(context, cordboard);
  let answers = false;
  await desk.page.routeWebSocket('**/api/v1/desk', (socket) => void (answers ? socket.connectToServer() : socket.close()));
  await signIn(desk.page, cordboard, 'agent1');
  await desk.page.locator('.opening .trouble').waitFor();
  answers = true;
  await desk.button('ready').waitFor();
  await context.close();
});
