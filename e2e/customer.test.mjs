// The customer's file, as an agent works with it: the real server, database and browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';

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

  // somebody else is calling: found by the keyboard, shown at once
  await find('王');
  await panel().getByRole('option').first().waitFor();
  const chosen = await panel().getByRole('option').first().locator('.hit-name').innerText();
  await page.keyboard.press('Enter');
  await page.locator('.headline h1', { hasText: chosen }).waitFor();
  await page.getByRole('button', { name: /End call/ }).first().click();
  await page.locator('.stage[data-phase="WRAP_UP"]').waitFor();
});
