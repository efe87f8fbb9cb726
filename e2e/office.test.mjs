// Those who look after the team: alarms, incidents, trunks' rules, call-backs that are pushed; the real server and browser.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { Desk, browser, signIn } from './lib/desk.mjs';
import { database } from './lib/team.mjs';
import { until } from './lib/wait.mjs';

const CALLER = '+8613800138000';
const LINE = '4008001234';
const PASSWORD = 'a long password of one’s own';

let cordboard;
let db;
let chromium;
let agent;
let supervisor;
let boss;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  db = await database(cordboard);
  chromium = await browser();
  agent = await Desk.open(chromium, cordboard, 'agent1');
  supervisor = await page('supervisor1', cordboard.password('supervisor1'));
  boss = await administrator();
});

after(async () => {
  await chromium?.close();
  await db?.end();
  await cordboard?.close();
});

async function page(user, password) {
  const context = await chromium.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 } });
  const opened = await context.newPage();
  opened.setDefaultTimeout(60_000);
  await signIn(opened, { up: cordboard.up, password: () => password }, user);
  return opened;
}

/** One without a desk, who has to choose a password first. */
async function administrator() {
  const made = await cordboard.request('POST', '/users', { username: 'boss', name: 'Boss', role: 'ADMINISTRATOR', grants: [] }, 201);
  const opened = await page('boss', made.password);
  await opened.locator('input[type=password]').nth(2).waitFor();
  for (const [at, text] of [made.password, PASSWORD, PASSWORD].entries()) await opened.locator('input[type=password]').nth(at).fill(text);
  await opened.keyboard.press('Enter');
  await opened.locator('.office').waitFor();
  return opened;
}

const open = (where, name) => where.locator('.page-links a', { hasText: name }).click();

/** A recorded call of agent1 that is over; its id. */
async function talk() {
  await agent.ready();
  await cordboard.call({ from: CALLER, to: LINE, say: '你好', seconds: 20 });
  const call = await agent.rings();
  await agent.press('answer');
  await agent.callIs(call, 'TALKING');
  await agent.press('hangUp');
  await agent.wrapsUp(call);
  return call;
}

test('a changed recording raises an alarm; its call is one click away, and who dealt with it is kept', async () => {
  const call = await talk();
  await agent.recording(call);
  const { rows: [{ name, path }] } = await db.query('select name, path from recording where call_id = $1', [call]);
  const file = join(cordboard.data, 'recordings', path);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  assert.equal(await agent.bytes(`/recordings/${name}`), null);

  await open(supervisor, 'Recording alarms');
  const row = supervisor.locator('.dossier > li').first();
  await row.getByText('Its file was changed').waitFor();
  await row.getByRole('link').click();
  await supervisor.getByRole('heading', { name: 'A call' }).waitFor();
  await supervisor.getByText('talked to the end').waitFor();
  await supervisor.goBack();

  await row.focus();
  await supervisor.keyboard.press('Enter');
  await supervisor.keyboard.type('Disk was repl');
  await supervisor.reload();
  await row.getByText('Go on writing').click();
  await supervisor.keyboard.press('End');
  await supervisor.keyboard.type('aced; restored from the backup.');
  await supervisor.keyboard.press('Control+Enter');
  await supervisor.getByText('No recording needs anybody.').waitFor();
  await supervisor.getByText('Dealt with', { exact: true }).click();
  await supervisor.getByText('Disk was replaced; restored from the backup.').waitFor();
  await supervisor.getByText(/Dealt with by .*Supervisor/).waitFor();
  const { rows } = await db.query('select measure from recording_alarm_settled where name = $1', [name]);
  assert.deepEqual(rows, [{ measure: 'Disk was replaced; restored from the backup.' }]);
});

test('a call comes before the page, and what was typed there is there again after it', async () => {
  await db.query(`update recording set alarm = 'Silent', alarm_findings = '{HEARS_SILENT}', alarm_at = 7`);
  await supervisor.locator('.page .ant-segmented-item').filter({ hasText: /^Open/ }).first().click();
  const row = supervisor.locator('.dossier > li').first();
  await row.getByText('Deal with it').click();
  await supervisor.keyboard.type('Asked the ag');
  await agent.takesBreak();
  await supervisor.locator('button', { hasText: /^Ready/ }).click();
  await cordboard.call({ from: CALLER, to: LINE, say: '你好', seconds: 4 });
  await supervisor.locator('button', { hasText: /^Answer/ }).click();
  assert.equal(await row.isVisible(), false);
  await supervisor.locator('.dispositions button').first().click();
  await supervisor.locator('button', { hasText: /^Done/ }).click();
  await row.waitFor();
  assert.equal(await row.locator('textarea').inputValue(), 'Asked the ag');
  await supervisor.locator('button', { hasText: /^Break/ }).click();
  await supervisor.locator('.ant-popover .choices button').first().click();
});

test('an incident is shown to the administrator by ids only, and closed once', async () => {
  const { rows: [one, other] } = await db.query('select id, name from customer limit 2');
  await db.query(
    `insert into privacy_incident (id, at, kind, wrong_id, right_id, fact, fact_id, written_at, reported_by)
     values (gen_random_uuid(), 9, 'fields-shown', $1, $2, 'call', 'c-1', 0, 'user:' || (select id from app_user where username = 'agent1'))`,
    [one.id, other.id],
  );
  await open(boss, 'Privacy incidents');
  const row = boss.locator('.dossier > li').first();
  await row.getByText(one.id).waitFor();
  assert.ok(!(await boss.locator('.office-main').innerText()).includes(one.name));
  await row.getByText('Deal with it').click();
  await boss.keyboard.type('Nothing was told.');
  await boss.getByRole('button', { name: 'It is dealt with' }).click();
  await boss.getByText('No incident is open.').waitFor();
  const { rows } = await db.query('select measure from privacy_incident where closed_at > 0');
  assert.deepEqual(rows, [{ measure: 'Nothing was told.' }]);
});

test("a trunk's rules are tried unsaved, refused where they cannot work, put in force and taken back", async () => {
  await open(boss, 'Trunks and numbers');
  await boss.getByLabel('Name on the switch').fill('acme');
  await boss.getByRole('button', { name: 'Rules for another trunk' }).click();
  await boss.getByText('This trunk has no rules of its own').waitFor();
  await boss.getByLabel('Area code').fill('0755');
  await boss.getByLabel('Number as the trunk tells it').fill('82100000');
  await boss.locator('.reading', { hasText: '+8675582100000' }).waitFor();
  const named = async () => (await cordboard.get('/trunks')).items.find((trunk) => trunk.name === 'acme');
  assert.equal(await named(), undefined);

  await boss.getByRole('button', { name: 'Add a rule' }).click();
  await boss.keyboard.type('[9-1]');
  await boss.locator('.rewrite .panel-wrong').waitFor();
  assert.equal(await boss.getByRole('button', { name: 'Put in force' }).getAttribute('aria-disabled'), 'true');
  await boss.getByLabel('Rule 1: pattern').fill('00852|.');
  await boss.getByLabel('Rule 1: becomes').fill('+852$');
  await boss.locator('.rewrite .panel-wrong').waitFor({ state: 'detached' });
  await boss.locator('.pending button[aria-disabled=false]', { hasText: 'Put in force' }).click();
  await boss.getByText('In force: the next call is read by these rules.').waitFor();
  assert.deepEqual((await named()).rules.rewrites, [{ side: null, pattern: '00852|.', replacement: '+852$' }]);

  await boss.getByLabel('Rule 1', { exact: false }).first().waitFor();
  await boss.getByLabel('Take rule 1 away').click();
  await boss.locator('.pending button[aria-disabled=false]', { hasText: 'Put in force' }).click();
  await until('the rule is gone', async () => (await named()).rules.rewrites.length === 0);
  await boss.getByRole('button', { name: 'Fill these in again' }).click();
  await boss.locator('.pending button[aria-disabled=false]', { hasText: 'Put in force' }).click();
  await until('the rule is there again', async () => (await named()).rules.rewrites.length === 1);
  assert.equal((await named()).version, 3);
});

test('a missed call is told to the desks without their asking, and can be put off by whoever takes it', async () => {
  const asked = [];
  agent.page.on('request', (request) => request.url().includes('/tasks/count') && asked.push(request.url()));
  await db.query('update phone_line set max_wait_seconds = 2 where did = $1', [LINE]);
  // the interface's own change makes the server read this
  await cordboard.request('POST', '/users', { username: 'other', name: 'Other', role: 'AGENT', grants: [] }, 201);
  assert.equal(await agent.page.locator('.page-links').count(), 0);
  await cordboard.call({ from: '+8613900139000', to: LINE, say: '你好', seconds: 5 });
  const badge = agent.page.locator('.task-badge');
  await badge.waitFor();
  assert.match(await badge.innerText(), /1/);
  const task = agent.page.locator('.task').first();
  await task.getByText('稍后').click();
  await task.getByText('一小时后').click();
  await until('it is due in an hour', async () => {
    const { rows: [{ due_at: due }] } = await db.query('select due_at from task where closed_at = 0 order by first_at desc limit 1');
    return due !== null && Math.abs(Number(due) / 1000 - Date.now() - 3_600_000) < 120_000;
  });
  await task.getByText('领取').click();
  await task.getByText('完成').click();
  await badge.waitFor({ state: 'detached' });
  assert.deepEqual(asked, []);
});

test('who missed a call is called back from the task by a click, and an answer closes it', async () => {
  await cordboard.call({ from: '+8613900139001', to: LINE, say: '你好', seconds: 5 });
  const task = agent.page.locator('.task', { hasText: '139 0013 9001' });
  const callId = await agent.callsOut(() => task.locator('button', { hasText: '回拨' }).click());
  await agent.callIs(callId, 'TALKING');
  await agent.press('hangUp');
  await agent.wrapsUp(callId);
  await agent.page.locator('.tasks').waitFor();
  await task.waitFor({ state: 'detached' });
  assert.equal((await agent.get('/tasks?view=open')).count, 0);
});

const ROWS = 3_000;
/** Two rows are wrong: one has no name, one no number that could be dialled. */
const HEADINGS = ['客户名称', '手机', '备注', '等级'];
const FILE = [
  HEADINGS.join(),
  ...Array.from({ length: ROWS }, (_, n) => `客户 ${n},${13500010000 + n},vip,GOLD`),
]
  .map((row) => row.replace(/^客户 7,/, ',').replace(/^(客户 11),\d+/, '$1,12'))
  .join('\r\n');

test('customers come from a file: its columns are seen, it is tried dry, its wrong rows are fetched, the good ones loaded', async () => {
  const brought = async () => (await db.query(`select count(*)::int as n from customer where name like '客户 %' and level = 'GOLD'`)).rows[0].n;
  await open(boss, 'Bring customers');
  await boss.locator('input[type=file]').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  const table = boss.locator('.import-table');
  await table.getByText('客户 0', { exact: true }).waitFor();
  const meaning = (heading) => boss.getByLabel(`Meaning of ${heading}`);
  assert.deepEqual(await Promise.all(HEADINGS.map((heading) => meaning(heading).inputValue())), ['name', 'mobile', '', 'level'], 'what can be guessed');
  await meaning('客户名称').selectOption('');
  assert.equal(await boss.getByRole('button', { name: /^Try it dry/ }).getAttribute('aria-disabled'), 'true');
  await meaning('客户名称').selectOption('name');
  await meaning('备注').selectOption('tags');

  await boss.getByRole('button', { name: /^Try it dry/ }).click();
  await boss.getByRole('progressbar').waitFor();
  const result = boss.locator('.import-result');
  await result.getByText('Tried dry: nothing was changed').waitFor();
  assert.match((await result.innerText()).replaceAll(/\s+/g, ' '), /Rows read 3,000 Good 2,998 Here before 0 Wrong 2/);
  assert.equal(await brought(), 0);
  const fetched = boss.waitForEvent('download');
  await result.getByRole('link', { name: 'Download the wrong rows' }).click();
  const errors = readFileSync(await (await fetched).path(), 'utf8');
  assert.match(errors, /^9,9,客户名称,,It is empty\.$/m);
  assert.match(errors, /^13,13,手机,12,"'12' is no telephone number/m);

  await boss.getByRole('button', { name: `Load the ${(ROWS - 2).toLocaleString('en')} good rows` }).click();
  await result.getByText('Loaded', { exact: true }).waitFor();
  assert.equal(await brought(), ROWS - 2);
  await boss.getByRole('link', { name: 'All files' }).click();
  await boss.locator('.import-list li', { hasText: 'customers.csv' }).getByText(`Loaded · ${(ROWS - 2).toLocaleString('en')} rows`).waitFor();
});

test('dead letters are chosen and tried again by keyboard, and health says in words whether any is left', async () => {
  for (const key of ['one', 'two', 'three']) {
    await db.query(
      `with lane as (insert into work_lane (kind, key, due_at, parked) values ('of-a-test', $1, 0, true) returning id)
       insert into work_item (lane, kind, key, idempotency, payload, state, due_at, attempt, reason, created_at, settled_at)
       select id, 'of-a-test', $1, $1, '{"name":"王小明"}', 'DEAD', 0, 3, 'Refused: no such record', 1, 2 from lane`,
      [key],
    );
  }
  await open(boss, 'Health');
  const work = boss.locator('.health-lines li', { hasText: 'Work in the background' });
  await work.getByRole('link', { name: 'Dead letters' }).click();
  const rows = boss.locator('.dossier > li');
  await rows.nth(2).waitFor();
  await rows.first().getByText('Refused: no such record').waitFor();
  assert.ok(!(await boss.content()).includes('王小明'));

  await rows.first().focus();
  for (const key of ['Space', 'ArrowDown', 'Space']) await boss.keyboard.press(key);
  await boss.getByRole('button', { name: 'Try 2 again' }).click();
  await boss.getByText('2 are tried again.').waitFor();
  assert.equal(await rows.count(), 1);
  await rows.first().getByText('Close without doing it').click();
  await rows.first().getByText('Close it for good').click();
  await boss.getByText('There is no dead letter').waitFor();
  const { rows: kept } = await db.query(`select key, state from work_item where kind = 'of-a-test' order by id`);
  assert.deepEqual(kept, [{ key: 'one', state: 'OPEN' }, { key: 'two', state: 'OPEN' }, { key: 'three', state: 'DISMISSED' }]);
  await open(boss, 'Health');
  await work.getByText('It goes on by itself.').waitFor();
  await db.query(`delete from work_item where kind = 'of-a-test'`);
});

test('a customer who refuses to be called is marked so, and may allow it again', async () => {
  await agent.page.keyboard.press('Control+k');
  await agent.page.locator('dialog.panel').getByRole('combobox').fill('13800138000');
  await agent.page.locator('dialog.panel').getByRole('option').first().click();
  const consent = agent.page.locator('.file-list li', { hasText: '接听来电' });
  await consent.locator('button', { hasText: /^不同意/ }).click();
  await agent.page.locator('.file-name', { hasText: '谢绝来电' }).waitFor();
  await consent.locator('button', { hasText: /^同意/ }).click();
  await agent.page.locator('.file-name', { hasText: '谢绝来电' }).waitFor({ state: 'detached' });
  const { rows } = await db.query(`select granted, text_version from consent where kind = 'calls' and text_version like 'desk-%' order by at`);
  assert.deepEqual(rows, [{ granted: false, text_version: 'desk-1-zh' }, { granted: true, text_version: 'desk-1-zh' }]);
});
