// The first story, as a newcomer lives it: the real launcher, server, database and browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';

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
