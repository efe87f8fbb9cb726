// What an agent fills in when a talk is over, as the set-up file asks for it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, Desk } from './lib/desk.mjs';
import { until } from './lib/wait.mjs';

const SETUP = `
dispositions:
  - {code: solved, zh: 已解决, en: Solved}
  - {code: complaint, zh: 投诉, en: Complaint}
  - {code: late, in: complaint, zh: 送货晚, en: Delivered late}
fields:
  - {id: order, zh: 订单号, en: Order number, kind: text, required: true}
  - {id: refund, zh: 退款, en: Refund, kind: choice, choices: [全额, 部分]}
templates:
  - {id: promise, label: 回访承诺, text: '{agent} 已承诺回访 {customer}。'}
`;

let cordboard;
let chromium;
let desk;
/** The call of the first story. */
let talked;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  const file = join(cordboard.data, 'outcomes.yaml');
  writeFileSync(file, SETUP);
  cordboard.cli('apply', file, '--yes');
  chromium = await browser();
  desk = await Desk.open(chromium, cordboard, 'agent1');
});

after(async () => {
  await chromium?.close();
  await cordboard?.close();
});

test('an outcome in a group, a required field and a template stand in the record', async () => {
  const { page } = desk;
  await desk.ready();
  const placed = page.waitForResponse((r) => r.url().endsWith('/api/v1/calls') && r.request().method() === 'POST');
  await desk.press('拨打演示电话');
  const { callId } = await (await placed).json();
  talked = callId;
  await desk.press('接听');
  await desk.callIs(callId, 'TALKING');

  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.locator('.ant-popover .choices button', { hasText: '回访承诺' }).click();
  await until('the notes begin with the template', async () => /已承诺回访/.test(await page.locator('#notes').inputValue()));

  await desk.press('hangUp');
  await desk.callIs(callId, 'WRAP_UP');
  await page.keyboard.press('Escape');
  await page.locator('.dispositions button', { hasText: '投诉' }).click();
  await page.locator('.disposition-back').waitFor();
  await page.locator('.dispositions button', { hasText: '送货晚' }).click();
  await until('the outcome is kept', () => desk.call(callId).disposition === 'late');
  assert.equal(await page.locator('.disposition-said').innerText(), '投诉 › 送货晚');

  const finish = page.locator('button', { hasText: /^完成/ }).first();
  assert.equal(await finish.getAttribute('aria-disabled'), 'true', 'a required field is empty');
  const before = desk.call(callId).wrapUpUntil;
  await desk.press('再加一分钟');
  await until('a minute more', () => Date.parse(desk.call(callId).wrapUpUntil) === Date.parse(before) + 60_000);

  await page.locator('#outcome-order').fill('SO-2026-7');
  await page.locator('#outcome-refund').selectOption('部分');
  await until('the fields are kept', () => desk.call(callId).answers.length === 2);
  await page.reload();
  await until('they are there after a refresh', async () => (await page.locator('#outcome-order').inputValue()) === 'SO-2026-7');
  await desk.press('完成');
  await desk.callIs(callId, 'DONE');
  await desk.stateIs('READY');

  const { parts } = await until('the record stands', () => cordboard.get(`/calls/${callId}/record`).catch(() => undefined));
  assert.equal(parts[0].disposition, 'late');
  assert.deepEqual(parts[0].answers, [
    { field: 'order', value: 'SO-2026-7' },
    { field: 'refund', value: '部分' },
  ]);
});

test('an older record is corrected from the timeline, and what stood there is told', async () => {
  const { page } = desk;
  await page.reload();
  const entry = page.locator('.entry-call', { has: page.locator('.correct-action') }).first();
  await entry.locator('.correct-action').click();
  const form = page.locator('.correct');
  const save = form.locator('button', { hasText: '保存' });
  assert.equal(await save.getAttribute('aria-disabled'), 'true', 'nothing is changed yet');
  await form.locator('#correct-order').fill('');
  assert.equal(await save.getAttribute('aria-disabled'), 'true', 'a required field is empty');
  await form.locator('#correct-order').fill('SO-2026-8');
  await form.locator('#correct-outcome').selectOption('solved');
  await form.locator('#correct-notes').fill('已送到。');
  await save.click();

  const corrections = entry.locator('.corrections');
  await corrections.locator('summary', { hasText: '已更正 1 次' }).click();
  await corrections.getByText('投诉 › 送货晚 · 订单号: SO-2026-7').waitFor();
  await entry.getByText('已送到。', { exact: true }).waitFor();
  assert.equal(await page.locator('.correct').count(), 0, 'the form is closed');

  const record = await cordboard.get(`/calls/${talked}/record`);
  assert.equal(record.parts[0].disposition, 'solved');
  assert.equal(record.corrections.length, 1);
  assert.equal(record.corrections[0].disposition, 'late');
  assert.equal(record.corrections[0].notes, null, 'who may not see customers does not read what was written of them');
});
