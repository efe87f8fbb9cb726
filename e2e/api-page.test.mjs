// The page that shows the HTTP interface: all of it, found, read, and tried with the rights of whoever is signed in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';
import { Interface } from './lib/interface.mjs';
import { judge, tooWide } from './lib/looks.mjs';

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

async function opened(context) {
  const page = await context.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => assert.fail(String(error)));
  await page.goto(new URL('/api', cordboard.up.url).href);
  await page.locator('.api-operation').first().waitFor();
  return { page, asked };
}

const operation = (page, method, path) =>
  page.locator('.api-operation').filter({ has: page.locator(`[data-method="${method}"]`) }).filter({ has: page.locator('.api-path').getByText(path, { exact: true }) });

test('shows every operation to anybody, from this server alone, and nothing stands in the way', async () => {
  const context = await chromium.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 } });
  const { page, asked } = await opened(context);
  const told = await Interface.read(cordboard);
  assert.equal(await page.locator('.api-operation').count(), told.operations.length);
  assert.deepEqual(asked.filter((url) => new URL(url).origin !== new URL(cordboard.up.url).origin), []);

  await page.getByRole('searchbox').fill('consents post');
  await page.waitForFunction(() => document.querySelectorAll('.api-operation').length === 1);
  const one = operation(page, 'POST', '/api/v1/customers/{id}/consents');
  await one.locator('> summary').click();
  await one.getByText('EDIT_CUSTOMERS').first().waitFor();
  await one.locator('pre').first().getByText('textVersion').waitFor();
  assert.equal(await one.getByRole('button', { name: 'Send…' }).getAttribute('aria-disabled'), 'true');
  const found = [...(await judge(page, 'interface')), ...(await tooWide(page, 'interface'))];
  assert.ok(found.length === 0, `\n${found.join('\n')}`);
  await context.close();
});

test('asks at once what only reads, and once more before what changes', async () => {
  const context = await chromium.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 } });
  const desk = await context.newPage();
  await signIn(desk, cordboard, 'supervisor1');
  await desk.locator('.page-links').waitFor();
  const { page } = await opened(context);
  const queues = operation(page, 'GET', '/api/v1/queues');
  await queues.locator('> summary').click();
  await queues.getByRole('button', { name: 'Send' }).click();
  await queues.locator('.api-outcome strong').getByText('200').waitFor();
  assert.match(await queues.locator('.api-outcome pre').innerText(), /"items"/);

  const attempt = operation(page, 'POST', '/api/v1/numbers/try');
  await attempt.locator('> summary').click();
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
  await attempt.getByRole('button', { name: 'Send…' }).click();
  await attempt.getByRole('alert').waitFor();
  assert.equal(sent, 0);
  await attempt.getByRole('button', { name: 'Send it' }).click();
  await attempt.locator('.api-outcome strong').getByText('200').waitFor();
  assert.equal(sent, 1);

  const keys = operation(page, 'GET', '/api/v1/keys');
  await keys.locator('> summary').click();
  assert.equal(await keys.getByRole('button', { name: 'Send' }).getAttribute('aria-disabled'), 'true', 'a supervisor may not see keys');
  await context.close();
});
