// Takes pictures of the moments of a call and of the pages from the running product, and writes the page that shows them:
// node pictures-pages.mjs [DIRECTORY].
import { writeFileSync } from 'node:fs';
import { Album, SIZES } from './lib/album.mjs';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';
import { database } from './lib/team.mjs';

const LINE = '4008001234';
/** Nobody comes on this one: its callers are called back. */
const MISSED = '+861085551234';
const KNOWN = '+8613800138000';
const SPEECH = '您好，我上周订的空气净化器还没有送到。订单显示三天前就发货了。能帮我查一下到哪里了吗？';
const NOTE = '空气净化器三天前发货，尚未送到；已催促快递，明天上午回复客户。';
const PASSWORD = 'a long password of one’s own';

const album = new Album(process.argv[2] ?? new URL('../docs/images', import.meta.url).pathname);

async function open(user, password = cordboard.password(user)) {
  const permissions = ['microphone', 'notifications'];
  const context = await chromium.newContext({ locale: 'en-GB', viewport: SIZES.wide, reducedMotion: 'reduce', permissions });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, { up: cordboard.up, password: () => password }, user);
  return page;
}

const key = (page, keys) => page.keyboard.press(keys);

async function signingIn() {
  const page = await (await chromium.newContext({ locale: 'en-GB', viewport: SIZES.wide, reducedMotion: 'reduce' })).newPage();
  await page.goto(cordboard.up.url);
  await page.locator('.door').waitFor();
  await album.take(page, 'sign-in', 'Signing in');
  await page.context().close();
}

// ---- an agent's day ------------------------------------------------------------------------

const phase = (page, name) => page.locator(`.call-bar[data-phase="${name}"]`).waitFor();

async function ready(page) {
  const button = page.locator('.presence button[aria-keyshortcuts="R"]');
  await button.waitFor();
  if ((await button.getAttribute('aria-disabled')) !== 'true') await button.click();
  await page.locator('.own-state[data-state="READY"]').waitFor();
}

async function takesBreak(page) {
  await key(page, 'b');
  await page.locator('.ant-popover .choices').waitFor();
  await key(page, '1');
  await page.locator('.own-state[data-state="NOT_READY"]').waitFor();
}

/** A customer calls and is talked to. */
async function talks(page, ringing = async () => {}) {
  const call = await cordboard.call({ from: KNOWN, to: LINE, say: SPEECH, seconds: 3000 });
  await phase(page, 'RINGING');
  await ringing();
  await key(page, 'a');
  await phase(page, 'TALKING');
  await page.locator('.said-agent').nth(1).waitFor();
  return call;
}

/** From waiting to the record; the call's id. */
async function momentsOfACall(page) {
  await ready(page);
  await page.locator('.rail .queues').getByText('1 ready').first().waitFor();
  await album.take(page, 'desk-waiting', 'Between calls');
  const call = await talks(page, () => album.take(page, 'desk-ringing', 'It rings, with the card'));
  await page.locator('#notes').fill(NOTE);
  await page.locator('.notes-saved').waitFor();
  await album.take(page, 'desk-talking', 'A talk');
  for (const one of ['Escape', 'e', 'e']) await key(page, one);
  await phase(page, 'WRAP_UP');
  await page.locator('.dispositions button').first().click();
  await page.locator('.dispositions button[aria-pressed="true"]').waitFor();
  await album.take(page, 'desk-wrap-up', 'Wrap-up', { from: page.locator('.record-own') });
  await key(page, 'Control+Enter');
  await page.locator('.last-call').waitFor();
  await takesBreak(page);
  return call;
}

/** What is known of the customer, and an older record while it is corrected. */
async function customer(page) {
  await page.reload();
  const entry = page.locator('.entry-call', { has: page.locator('.correct-action') }).first();
  await entry.waitFor();
  await album.take(page, 'timeline', 'The last call and the customer’s timeline', { from: page.locator('aside.timeline') });
  await entry.locator('.correct-action').click();
  const form = page.locator('.correct');
  await form.locator('#correct-outcome').selectOption('follow-up');
  await form.locator('#correct-notes').fill(`${NOTE}已改为下午送货。`);
  await album.take(page, 'timeline-correct', 'An older record is corrected', { from: page.locator('.entry-call').first() });
  await form.locator('button').first().click();
  await page.locator('.corrections').waitFor();

  await key(page, 'Escape');
  await key(page, 'Control+k');
  await page.getByRole('combobox').fill('138');
  await page.getByRole('option').first().waitFor();
  const found = page.locator('.search [role=status]').filter({ hasNotText: /Searching|查找中/ });
  await album.take(page, 'search', 'The search', { settled: () => found.waitFor() });
  await page.getByRole('option', { name: '李明' }).click();
  await page.locator('.file').waitFor();
  await page.waitForLoadState('networkidle');
  await album.take(page, 'customer', 'A customer’s file');
  await key(page, 'Escape');
}

async function callBacks(page) {
  for (const from of ['+8615401234567', '+861000000000', '+447700900000']) await cordboard.call({ from, to: MISSED, say: '你好', seconds: 60 });
  await page.locator('.task').nth(2).waitFor();
  const acts = page.locator('.task').first().locator('.task-acts');
  await acts.locator('button').first().click();
  await acts.locator('button').nth(2).waitFor();
  await album.take(page, 'call-backs', 'Who is to be called back', { from: page.locator('.tasks') });
}

// ---- a supervisor --------------------------------------------------------------------------

/** @param agent the desk of who talks; @param call one that is over */
async function supervisor(agent, call) {
  const page = await open('supervisor1');
  await page.locator('.page-links').waitFor();
  await goTo(page, `calls/${call}`);
  await page.locator('.past-parts li').waitFor();
  await album.take(page, 'call-record', 'The record of a call');

  await db.query(
    `update recording set alarm = 'Silent', alarm_findings = '{HEARS_SILENT}', alarm_at = extract(epoch from now()) * 1000000 where call_id = $1`,
    [call],
  );
  await goTo(page, 'alarms');
  await page.locator('.dossier > li').waitFor();
  await album.take(page, 'alarms', 'Recording alarms');

  await ready(agent);
  await talks(agent);
  await cordboard.call({ from: '+447700900000', to: '+443069990123', say: 'Good morning.', seconds: 60 });
  await goTo(page, 'team');
  await page.locator('.team-name > bdi.figures').waitFor();
  await page.locator('.team-line').waitFor();
  await album.take(page, 'team', 'The team: one talks, a caller waits');
  await page.context().close();
}

async function interfacePage() {
  const page = await (await chromium.newContext({ locale: 'en-GB', viewport: SIZES.wide, reducedMotion: 'reduce' })).newPage();
  await page.goto(new URL('/api/', cordboard.up.url).href);
  await page.locator('.api-operation').first().waitFor();
  await album.take(page, 'api', 'The HTTP interface');
  await page.getByRole('searchbox').fill('consents post');
  await page.waitForFunction(() => document.querySelectorAll('.api-operation').length === 1);
  await page.locator('.api-operation > summary').click();
  await page.locator('.api-whole pre').first().waitFor();
  await album.take(page, 'api-operation', 'The HTTP interface: one operation', { from: page.locator('.api-operation') });
  await page.context().close();
}

// ---- an administrator ----------------------------------------------------------------------

async function goTo(page, which) {
  await page.goto(`${cordboard.up.url}/#/${which}`);
  await page.locator('.page h1').waitFor();
  await page.waitForLoadState('networkidle');
}

/** A new administrator, who chooses a password first. */
async function administrator() {
  const username = `boss${Date.now() % 100_000}`;
  const made = await cordboard.request('POST', '/users', { username, name: 'Boss', role: 'ADMINISTRATOR', grants: [] }, 201);
  const page = await open(username, made.password);
  await page.locator('input[type=password]').nth(2).waitFor();
  await album.take(page, 'password', 'The first sign-in');
  for (const [at, text] of [made.password, PASSWORD, PASSWORD].entries()) await page.locator('input[type=password]').nth(at).fill(text);
  await key(page, 'Enter');
  await page.locator('.office').waitFor();
  for (const [which, about] of [
    ['incidents', 'Privacy incidents'], ['trunks', 'How a trunk’s numbers are read'], ['imports', 'Customers from files'],
    ['letters', 'Work that failed'], ['health', 'Health in words'],
  ]) {
    await goTo(page, which);
    await album.take(page, which, about);
  }
  await settingUp(page);
  await page.context().close();
}

async function settingUp(page) {
  for (const [section, row, about] of [
    ['users', 'agent1', 'A user'], ['queues', '', 'A queue'], ['lines', LINE, 'A line'], ['hours', '', 'Opening hours'],
    ['dispositions', '', 'A disposition'],
  ]) {
    await goTo(page, `setup/${section}`);
    await page.locator('.setup-list').waitFor();
    const rows = page.locator('.setup-row', { hasText: row });
    if ((await rows.count()) > 0) await rows.first().click();
    else await page.locator('.setup-list .page-tools button').click();
    await page.locator('.setup-form').waitFor();
    await album.take(page, `setup-${section}`, `Set-up: ${about.toLowerCase()}`);
    if (section === 'hours') await page.getByRole('button', { name: /^(Throw the changes away|放弃更改)/ }).click();
  }
  await goTo(page, 'setup/queues');
  await page.locator('.setup-row').first().click();
  await page.locator('.setup-form .field input').first().fill('Customer care');
  await page.locator('.setup-pending .setup-said').first().waitFor();
  await album.take(page, 'setup-change', 'Set-up: what changes, before it is applied');
  await goTo(page, 'setup/file');
  await page.locator('.setup-file').waitFor();
  await album.take(page, 'setup-file', 'Set-up: everything as one file');
}

const cordboard = await Cordboard.start({ asterisk: false });
let chromium;
let db;
try {
  db = await database(cordboard);
  // a moment is looked at for longer than it lasts
  await db.query('update phone_line set ring_seconds = 600, wrap_up_seconds = 86400');
  await db.query('update phone_line set max_wait_seconds = 2 where did = $1', [MISSED]);
  await cordboard.readSettings();
  chromium = await browser();
  await signingIn();
  const agent = await open('agent1');
  const call = await momentsOfACall(agent);
  await customer(agent);
  await callBacks(agent);
  await supervisor(agent, call);
  await agent.context().close();
  await administrator();
  await interfacePage();
  writeFileSync(new URL('../docs/pictures.md', import.meta.url), album.index());
} finally {
  await chromium?.close();
  await db?.end();
  await cordboard.close();
}
