// What an administrator sets up in forms: told in words, applied as a whole, taken back; a mistake changes nothing. The real server and browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';

const PASSWORD = 'a long password of one’s own';
const QUEUE = '客户服务 Care';

let cordboard;
let chromium;
let page;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  chromium = await browser();
  const made = await cordboard.request('POST', '/users', { username: 'boss', name: 'Boss', role: 'ADMINISTRATOR', grants: [] }, 201);
  page = await (await chromium.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 } })).newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, { up: cordboard.up, password: () => made.password }, 'boss');
  await page.locator('input[type=password]').nth(2).waitFor();
  for (const [at, text] of [made.password, PASSWORD, PASSWORD].entries()) await page.locator('input[type=password]').nth(at).fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.office').waitFor();
});

after(async () => {
  await chromium?.close();
  await cordboard?.close();
});

const form = () => page.locator('.setup-form');
const pending = () => page.locator('.setup-pending');
const inForce = () => cordboard.cli('export');
/** An entry as the file has it. */
const named = (entries, key, name) => entries.find((entry) => entry[key] === name);

async function open(section) {
  await page.goto(`${cordboard.up.url}/#/setup/${section}`);
  await page.locator('.setup-tabs a[aria-current=page]').and(page.locator(`[href="#/setup/${section}"]`)).waitFor();
  await page.locator('.setup-list').waitFor();
}

async function openQueue() {
  await open('queues');
  await page.locator('.setup-row', { hasText: QUEUE }).click();
  await form().getByRole('heading', { name: QUEUE }).waitFor();
}

/** What would change, once the server has said so: an entry with its kind and its fields in words. */
async function saidOf(name) {
  const line = pending().locator('.setup-changes > li', { hasText: name });
  await line.waitFor();
  return (await line.innerText()).replaceAll(/\s+/g, ' ').trim();
}

async function apply() {
  await pending().locator('button[aria-disabled=false]', { hasText: /^Apply/ }).click();
  await pending().getByText('In force.', { exact: true }).waitFor();
}

async function cannotBeApplied() {
  await pending().getByText('1 thing cannot be used:').waitFor();
  assert.equal(await pending().getByRole('button', { name: /^Apply/ }).getAttribute('aria-disabled'), 'true');
}

test('what is changed in several forms is told in words, applied as a whole, exported, and taken back', async () => {
  const before = inForce();
  await openQueue();
  await form().getByLabel('Tell the place in the queue every (seconds)').fill('45');
  await form().getByLabel('Key for a call-back').selectOption('1');
  await pending().getByText('Key for a call-back:').waitFor();
  assert.equal(
    await saidOf(QUEUE),
    `Queues ${QUEUE} changed Tell the place in the queue every (seconds): 45 Key for a call-back: 1`,
  );

  await open('dispositions');
  await page.getByRole('button', { name: 'New disposition' }).click();
  await form().getByLabel('Code').fill('gift');
  await form().getByLabel('Name in Chinese').fill('赠品');
  await form().getByLabel('Name in English').fill('Gift sent');
  await pending().getByText('Name in English:').waitFor();
  assert.match(await saidOf('Gift sent'), /^Dispositions Gift sent new .*Name in Chinese: 赠品 Name in English: Gift sent/);
  await saidOf(QUEUE);
  assert.equal(inForce().yaml, before.yaml, 'nothing is in force before it is applied');

  await apply();
  const now = inForce();
  const { announceSeconds, callBackKey } = named(now.sections.queues, 'id', 'care');
  assert.deepEqual({ announceSeconds: Number(announceSeconds), callBackKey }, { announceSeconds: 45, callBackKey: '1' });
  assert.deepEqual(now.sections.dispositions.at(-1), { code: 'gift', zh: '赠品', en: 'Gift sent' });
  assert.match(now.yaml, /code: gift/);

  await pending().getByRole('button', { name: 'Take the last change back' }).click();
  assert.match(await saidOf('gift'), /^Dispositions gift taken away$/);
  assert.match(await saidOf(QUEUE), /no longer 45 .*no longer 1$/);
  await apply();
  assert.equal(inForce().yaml, before.yaml, 'all is as it was');
});

test('a mistake is told at its field and with the changes, cannot be applied, and nothing is changed', async () => {
  const before = inForce();
  await openQueue();
  const label = 'Tell the place in the queue every (seconds)';
  const field = form().getByLabel(label);
  await field.fill('5');
  const wrong = form().locator('.field', { has: page.getByLabel(label) }).locator('.panel-wrong');
  await wrong.getByText('Write a whole number: 15 – 3600.').waitFor();
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  await cannotBeApplied();
  await field.fill('45');
  await wrong.getByText('Write a whole number').waitFor({ state: 'detached' });

  const agents = form().getByRole('group', { name: 'Agents' });
  for (const out = agents.getByRole('button', { name: /^Take out/ }); (await out.count()) > 0; ) await out.first().click();
  await agents.getByText('Nobody serves this queue').waitFor();
  await cannotBeApplied();

  await open('dispositions');
  await pending().getByRole('button', { name: QUEUE }).first().click();
  await form().getByRole('heading', { name: QUEUE }).waitFor();
  assert.equal(inForce().yaml, before.yaml);

  await pending().getByRole('button', { name: 'Throw the changes away' }).click();
  await agents.getByText('Nobody serves this queue').waitFor({ state: 'detached' });
  assert.equal(await field.getAttribute('aria-invalid'), 'false');
  assert.equal(await field.inputValue(), '');
  assert.equal(inForce().yaml, before.yaml);
});
