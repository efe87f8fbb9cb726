// The customer's file, as an agent works with it: the real server, database and browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';
import { drawn } from './lib/player.mjs';
import { database } from './lib/team.mjs';
import { until } from './lib/wait.mjs';

const KNOWN = { number: '+8613800138000', shown: '138 0013 8000', name: '李明' };
const UNKNOWN = { number: '+8615012345678', shown: '150 1234 5678' };
const LINE = '4008001234';

let cordboard;
let chromium;
let page;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  chromium = await browser();
  page = await chromium.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 860 } });
  page.setDefaultTimeout(60_000);
  await signIn(page, cordboard, 'agent1');
  await page.locator('.rail').waitFor();
});

after(async () => {
  await chromium?.close();
  await cordboard?.close();
});

const panel = () => page.locator('dialog.panel');

async function find(text) {
  await page.keyboard.press('Control+k');
  await panel().getByRole('combobox').fill(text);
}

/** A new customer, made in the panel; gives the id. */
async function create(name, number) {
  await page.keyboard.press('Control+k');
  await panel().getByRole('button', { name: 'New customer' }).click();
  await panel().getByLabel('Name').fill(name);
  await panel().getByLabel('Number or e-mail').fill(number);
  const made = page.waitForResponse((r) => r.url().endsWith('/api/v1/customers') && r.request().method() === 'POST');
  await panel().getByRole('button', { name: 'Create' }).click();
  const { card } = await (await made).json();
  await panel().locator('.file-name', { hasText: name }).waitFor();
  return card.id;
}

async function close() {
  await page.keyboard.press('Escape');
  await panel().waitFor({ state: 'hidden' });
}

test('a customer is found by part of a number and of a Chinese name', async () => {
  await find('13800138');
  await panel().getByRole('option').first().waitFor();
  assert.match(await panel().getByRole('option').first().innerText(), /李明[\s\S]*\*{4}/);
  await panel().getByRole('combobox').fill('李明');
  await panel().getByRole('option', { name: '李明' }).first().waitFor();
  await page.keyboard.press('Enter');
  await panel().locator('.file-name', { hasText: '李明' }).waitFor();
  await close();
});

test('a customer is made, edited, merged and separated again', async () => {
  await create('Zoë 测试 عمر', '010-6234 5601');
  const name = panel().getByLabel('Name', { exact: true });
  await name.fill('Zoë 测试');
  await panel().getByRole('button', { name: 'Save' }).click();
  await panel().locator('.file-list del', { hasText: 'عمر' }).waitFor();
  await close();

  await create('Zoë 二号', '010-6234 5602');
  await panel().getByRole('button', { name: /Merge with another/ }).click();
  await panel().getByRole('combobox').fill('测试');
  await panel().getByRole('option', { name: 'Zoë 测试' }).waitFor();
  await page.keyboard.press('Enter');
  await panel().locator('.file-name', { hasText: 'Zoë 测试' }).waitFor();
  await panel().getByText('+86 10 6234 5602').or(panel().getByText(/6234 ?5602/)).first().waitFor();

  await panel().getByRole('button', { name: /Undo the merge…/ }).click();
  await panel().getByText('Nothing was written since').waitFor();
  const undone = page.waitForResponse((r) => r.url().endsWith('/undo'));
  await panel().getByRole('button', { name: 'Undo the merge now' }).click();
  const answer = await undone;
  assert.equal(answer.status(), 200);
  assert.equal((await answer.json()).moved, 0);
  await panel().getByText(/6234 ?5602/).waitFor({ state: 'detached' });
  await close();
});

test('a demo call stands in the timeline of its customer with its note', async () => {
  await page.locator('.rail button', { hasText: 'Ready' }).first().click();
  await page.getByRole('button', { name: /Place a demo call/ }).click();
  await page.getByRole('button', { name: /Answer/ }).first().click();
  const notes = page.locator('textarea').first();
  await notes.fill('Wants a new card by Friday.');
  await page.getByRole('button', { name: /End call/ }).first().click();
  await page.locator('.stage[data-phase="WRAP_UP"]').waitFor();
  await page.locator('.stage .choices button').first().click();
  await page.getByRole('button', { name: /^Done/ }).first().click();
  await page.locator('.waiting').waitFor();

  await page.getByRole('button', { name: /Place a demo call/ }).click();
  await page.getByRole('button', { name: /Answer/ }).first().click();
  await page.locator('.timeline .entry-notes', { hasText: 'Wants a new card by Friday.' }).waitFor();
  const numbers = await page.locator('.timeline .entry .unbroken').evaluateAll((all) => all.map(({ textContent, clientHeight }) => ({ textContent, clientHeight })));
  assert.ok(numbers.length > 0 && numbers.every(({ clientHeight }) => clientHeight < 30), `an order’s number stands in one line: ${JSON.stringify(numbers)}`);

  // somebody else is calling: found by the keyboard, shown at once
  await find('王');
  await panel().getByRole('option').first().waitFor();
  const chosen = await panel().getByRole('option').first().locator('.hit-name').innerText();
  await page.keyboard.press('Enter');
  await page.locator('.headline h1', { hasText: chosen }).waitFor();
  await page.getByRole('button', { name: /End call/ }).first().click();
  await page.locator('.stage[data-phase="WRAP_UP"]').waitFor();
});

const phase = (name) => page.locator(`.call-bar[data-phase="${name}"]`).waitFor();

/** Says how the call ended; what was shown of it stays on the page. */
async function wrapUp() {
  await phase('WRAP_UP');
  await page.locator('.dispositions button').first().click();
  await page.locator('.dispositions button[aria-pressed="true"]').waitFor();
  await page.getByRole('button', { name: /^Done/ }).first().click();
  await page.locator('.waiting .last-call').waitFor();
}

async function hangUp() {
  await page.getByRole('button', { name: /End call/ }).first().click();
}

/** What a talk with a known customer sounds like: each side has said something. */
async function talk() {
  const callId = await cordboard.call({ from: KNOWN.number, to: LINE, say: '我的订单还没有送到。', seconds: 300 });
  await page.getByRole('button', { name: /Answer/ }).first().click();
  await phase('TALKING');
  await page.locator('.said-customer').first().waitFor();
  await page.locator('.said-agent').first().waitFor();
  await hangUp();
  await wrapUp();
  return callId;
}

/** How often the audit has that a recording of this call was played. */
async function playsInAudit(callId) {
  const db = await database(cordboard);
  try {
    const { rows: [{ plays }] } = await db.query(`select count(*)::int as plays from audit_entry where what = 'recording-played' and correlation = $1`, [`call:${callId}`]);
    return plays;
  } finally {
    await db.end();
  }
}

test('a recording is drawn with its two sides, sought by keyboard, played faster, and fetched once', async () => {
  await wrapUp();
  const callId = await talk();
  const player = page.locator('.player').first();
  await until('the recording is there', async () => {
    await page.reload();
    await page.locator('.timeline .entry').first().waitFor();
    return (await player.count()) > 0;
  });
  const fetched = [];
  page.on('request', (request) => request.url().includes('/recordings/') && fetched.push(request.url()));
  const audio = player.locator('audio');
  const slider = player.getByRole('slider');
  const box = await player.boundingBox();
  const time = () => audio.evaluate(({ currentTime }) => currentTime);

  await player.getByRole('button', { name: 'Play' }).click();
  await until('it is heard', async () => (await time()) > 0.2);
  await player.getByRole('button', { name: 'Pause' }).click();
  const loud = await drawn(player);
  assert.ok(loud.every((height) => height > 0.1), `each side is seen: ${loud}`);
  assert.deepEqual(await player.boundingBox(), box, 'nothing has moved');

  const duration = await audio.evaluate((element) => element.duration);
  await slider.focus();
  for (let n = 0; n < Math.ceil(duration / 5); n++) await page.keyboard.press('ArrowLeft');
  assert.equal(await time(), 0);
  assert.match(await slider.getAttribute('aria-valuetext'), /^0:00$/);
  await page.keyboard.press('ArrowRight');
  assert.ok(Math.abs((await time()) - Math.min(5, duration)) < 0.1);
  assert.notEqual(await slider.getAttribute('aria-valuetext'), '0:00');
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await until('it is at the middle', async () => Math.abs((await time()) - duration / 2) < duration / 20);
  assert.match(await player.locator('.wave-played').getAttribute('style'), /inset\(0(px)? (4[5-9]|5[0-5])/);

  const speed = () => audio.evaluate(({ playbackRate }) => playbackRate);
  await page.keyboard.press('+');
  await player.getByRole('button', { name: 'Speed 1.25×' }).click();
  await until('it is faster', async () => (await speed()) === 1.5);
  assert.equal(fetched.length, 1);
  assert.equal(await playsInAudit(callId), 1);
});

test('a number is called by a click: who called last, and one in a customer’s file', async () => {
  await page.locator('.last-call .dial-number', { hasText: KNOWN.shown }).click();
  await phase('DIALLING');
  await phase('TALKING');
  await page.locator('.headline h1', { hasText: KNOWN.name }).waitFor();
  assert.equal(await page.locator('.dial-number').count(), 0, 'in a call, numbers are only shown');
  await hangUp();
  await phase('WRAP_UP');
  await page.locator('.card .dial-number').first().waitFor();
  await wrapUp();

  await find(KNOWN.name);
  await panel().getByRole('option', { name: KNOWN.name }).first().waitFor();
  await page.keyboard.press('Enter');
  await panel().locator('.file-list li', { hasText: KNOWN.shown }).getByRole('button', { name: 'Call', exact: true }).click();
  await panel().waitFor({ state: 'hidden' });
  await phase('TALKING');
  await page.locator('.headline h1', { hasText: KNOWN.name }).waitFor();
  await hangUp();
  await wrapUp();
});

test('whoever calls for the first time becomes a customer out of the call, and stands in its record', async () => {
  const callId = await cordboard.call({ from: UNKNOWN.number, to: LINE, say: '你好', seconds: 300 });
  await page.getByRole('button', { name: /Answer/ }).first().click();
  await phase('TALKING');
  await page.locator('.headline h1', { hasText: UNKNOWN.shown }).waitFor();
  await page.getByRole('button', { name: /New customer/ }).click();
  assert.equal(await panel().getByLabel('Number or e-mail').inputValue(), UNKNOWN.number);
  await panel().getByLabel('Name').fill('Newcomer 新客户');
  const made = page.waitForResponse((r) => r.url().endsWith('/api/v1/customers') && r.request().method() === 'POST');
  await panel().getByRole('button', { name: 'Create: this is the caller' }).click();
  const { card } = await (await made).json();
  await panel().waitFor({ state: 'hidden' });
  await page.locator('.headline h1', { hasText: 'Newcomer 新客户' }).waitFor();
  await page.locator('.card', { hasText: UNKNOWN.shown }).waitFor();
  await hangUp();
  await wrapUp();
  assert.equal((await cordboard.callIs(callId, 'ENDED')).customer, card.id);
  const { items } = await until('the call stands in the file', () =>
    page.evaluate(async ([customer, call]) => {
      const history = await (await fetch(`/api/v1/customers/${customer}/timeline`)).json();
      return history.items.some(({ id }) => id === call) && history;
    }, [card.id, callId]),
  );
  assert.equal(items.length, 1);
  await page.reload();
  await page.locator('.timeline .entry').first().waitFor();
  await page.getByRole('button', { name: /^Break/ }).first().click();
  await page.locator('.ant-popover .choices button').first().click();
});
