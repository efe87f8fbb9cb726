// An administrator joins a CRM in the browser, from a file; what is changed on one side stands on the other; what the CRM
// refuses waits for a person and is brought there afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { Desk, browser, signIn } from './lib/desk.mjs';
import { Asker } from './lib/interface.mjs';
import { judge, show, THEMES, tooWide } from './lib/looks.mjs';
import { FILE, SmallCrm } from './lib/small-crm.mjs';
import { until } from './lib/wait.mjs';

const NAME = 'fake-crm';
const CALLER = '+8613800138000';

let cordboard;
let crm;
let chromium;
/** Another one in each run, so that a server that runs already can be asked again. */
const USER = `joiner${process.pid}`;
let boss;
let page;
let agent;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  crm = await SmallCrm.start();
  crm.put('customer', undefined, { name: '韩梅梅', phones: ['138-0013-8077'], level: 'GOLD' });
  boss = await Asker.hired(cordboard, USER, 'ADMINISTRATOR');
  agent = await Asker.signedIn(cordboard, 'agent1', cordboard.password('agent1'));
  chromium = await browser();
  const context = await chromium.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, { up: cordboard.up, password: () => boss.password }, USER);
  await page.locator('.office').waitFor();
});

after(async () => {
  await chromium?.close();
  crm?.close();
  await cordboard?.close();
});

const open = (of) => page.goto(`${cordboard.up.url}/#/crms${of === undefined ? '' : `/${encodeURIComponent(of)}`}`);
const button = (name) => page.locator('button', { hasText: new RegExp(`^${name}`) }).first();

async function nothingInTheWay(moment) {
  // what hangs over a button that was pressed goes away with the mouse
  await page.mouse.move(0, 0);
  await page.locator('.ant-tooltip:visible').waitFor({ state: 'detached' });
  const found = [...(await judge(page, moment, THEMES)), ...(await tooWide(page, moment))];
  await show(page, { theme: 'light', language: 'en' });
  assert.deepEqual(found, []);
}

async function found(text) {
  const { json } = await agent.ask('GET', `/api/v1/customers?q=${encodeURIComponent(text)}`);
  return json.items;
}

test('a system is joined from its file, after a dry run with a real record', async () => {
  await open();
  await page.getByText('No other system is joined yet.').waitFor();
  await page.getByRole('link', { name: 'Join a system' }).click();
  await page.getByLabel('paste its text').fill(FILE);
  await page.getByLabel('Value of address').fill(crm.url);
  await page.getByLabel('Value of secret').fill('wrong');
  await page.getByLabel('Value of hook_secret').fill(crm.hookSecret);
  await page.getByLabel(/may be inside/).check();
  await button('Dry run').click();
  await page.getByText('Something does not work as it is:').waitFor();
  await page.getByLabel('Value of secret').fill(crm.secret);
  await button('Dry run').click();
  await page.getByText('Everything that was looked at works.').waitFor();
  await page.getByText('Would be read: 1 record').click();
  assert.match(await page.locator('.crm-samples[open]').innerText(), /韩梅梅[\s\S]*\+8613800138077/);
  assert.equal(crm.all('interaction').length, 0);
  await nothingInTheWay('crm-dry-run');
  await button('Join it').click();
  await page.locator('h1', { hasText: NAME }).waitFor();
  await page.getByText('works', { exact: true }).waitFor();
  assert.doesNotMatch(await page.content(), new RegExp(crm.secret));
});

test('it is tested, and how it stands is told', async () => {
  await open(NAME);
  await button('Test it').click();
  await page.getByText('Everything that was looked at works.').waitFor();
  await nothingInTheWay('crm-one');
  await open();
  await page.locator('.crm-list li', { hasText: NAME }).waitFor();
  await nothingInTheWay('crm-list');
});

test('a change there is here when it tells of it; a word that is not signed is refused', async () => {
  const [record] = crm.all('customer');
  const hook = `${cordboard.up.url}/api/v1/hooks/${NAME}`;
  crm.put('customer', record.id, { name: '韩梅' });
  assert.equal((await crm.tell(hook, 'customer', record.id, { secret: 'wrong' })).status, 401);
  assert.equal((await crm.tell(hook, 'customer', record.id, { at: 1_700_000_000 })).status, 401);
  assert.equal((await crm.tell(hook, 'customer', record.id)).status, 202);
  await until('the new name is found', async () => (await found('韩梅')).length > 0);
});

test('the note of a call stands there after the call', { timeout: 300_000 }, async () => {
  const desk = await Desk.open(chromium, cordboard, 'agent1');
  await desk.ready();
  const callId = await cordboard.call({ from: CALLER, to: '4008001234', say: '您好', seconds: 60 });
  await desk.callIs(callId, 'RINGING');
  await desk.press('answer');
  await desk.callIs(callId, 'TALKING');
  await desk.press('hangUp');
  await desk.wrapsUp(callId);
  const kept = await until('the call stands there', () => crm.all('interaction').find((one) => one.ref === callId && one.fields.disposition));
  assert.equal(kept.fields.number, CALLER);
  const customer = crm.records.customer.get(kept.fields.customer);
  assert.ok(customer?.fields.phones.includes(CALLER), 'it is of the customer who called');
  await desk.page.context().close();
});

const settled = () =>
  until('nothing waits', async () => {
    const { json } = await boss.ask('GET', `/api/v1/crms/${NAME}`);
    return json.crm.marked === null && json.crm.flow.waiting === 0;
  });

/** The newest comparison, when it is over. */
async function compared(label, before) {
  await button(label).click();
  return until('it was compared', async () => {
    const [newest] = (await boss.ask('GET', `/api/v1/crms/${NAME}/comparisons`)).json.items;
    return newest !== undefined && newest.id !== before && newest.state !== 'RUNNING' && newest;
  });
}

test('all customers are sent; what was there before is found by a comparison, and repaired when asked for', { timeout: 300_000 }, async () => {
  await open(NAME);
  await button('Send all customers').click();
  await until('they were sent', () => crm.all('customer').length > 20);
  await settled();
  const first = await compared('Compare and repair', 0);
  assert.ok(first.missingThere > 0 && first.consistencyPercent < 100, 'calls of before it was joined');
  await button('Show what is not equal').click();
  await page.locator('.crm-drifts li').first().waitFor();
  await nothingInTheWay('crm-compared');
  await settled();
  const again = await compared('Compare everything', first.id);
  assert.deepEqual((await boss.ask('GET', `/api/v1/crms/${NAME}/comparisons/${again.id}/drifts`)).json.items, [], JSON.stringify(again));
  await page.getByText('100.000 % equal').waitFor();
});

test('how fields go together is changed with real records before it is kept, and taken back', async () => {
  await open(`${NAME}/customer`);
  await page.getByText('Nobody changed it here').waitFor();
  assert.equal(await button('Save as the next version').getAttribute('aria-disabled'), 'true');
  await page.getByLabel('Which way Level flows').selectOption('in');
  await button('Show with real records').click();
  await page.getByText('Nothing is wrong with it.').waitFor();
  await page.getByText(/Would be read/).click();
  await nothingInTheWay('crm-mapping');
  await button('Save as the next version').click();
  await page.getByText('Version 1 is in force.').waitFor();
  await page.getByLabel('What goes with Tags').selectOption('');
  await button('Show with real records').click();
  await button('Save as the next version').click();
  await page.getByText('Version 2 is in force.').waitFor();
  await button('Back to version 1').click();
  await page.getByText('Version 3 is in force.').waitFor();
  assert.equal(await page.getByLabel('What goes with Tags').inputValue(), 'tags');
});

test('what it refuses waits for a person, and is brought there when the cause is mended', async () => {
  crm.refused.add('language');
  const [{ id }] = await found('韩梅');
  const { card } = (await agent.ask('GET', `/api/v1/customers/${id}`)).json;
  const changed = await agent.ask('PATCH', `/api/v1/customers/${id}`, { version: card.version, language: 'en' });
  assert.ok(changed.status < 300, changed.text);
  await page.goto(`${cordboard.up.url}/#/letters`);
  await until('it waits for a person', async () => {
    await button('Read again').click();
    return (await page.locator('.letters-kind').count()) > 0;
  });
  await page.locator('.letters-kind').selectOption(`crm:${NAME}`);
  await page.getByText('The field language is closed.').first().waitFor();
  await nothingInTheWay('crm-letters');
  crm.refused.clear();
  await button('Try all').click();
  await until('it stands there', () => crm.all('customer').some(({ fields }) => fields.language === 'en' && /韩梅/.test(fields.name)));
});

test('it is switched off, on, and taken away after a question', async () => {
  await open(NAME);
  await button('Switch off').click();
  await page.getByText('switched off', { exact: true }).waitFor();
  await button('Switch on').click();
  await page.getByText('works', { exact: true }).waitFor();
  await button('Take it away').click();
  await nothingInTheWay('crm-remove');
  await button('Take fake-crm away').click();
  await page.getByText('No other system is joined yet.').waitFor();
  assert.deepEqual(cordboard.cli('crm', 'list').items, []);
});
