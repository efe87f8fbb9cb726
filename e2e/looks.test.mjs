// Every page and every moment of a call, in both themes and both languages, as axe-core judges it; and at every width.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { browser, signIn } from './lib/desk.mjs';
import { judge, show, tooWide } from './lib/looks.mjs';
import { database } from './lib/team.mjs';
import { until } from './lib/wait.mjs';

const LINE = '4008001234';
/** Nobody is waited for here: its callers are called back. */
const MISSED = '+861085551234';
const KNOWN = '+8613800138000';
const SHARED = '+861000000000';
const PASSWORD = 'a long password of one’s own';
/** The walk has some hundred looks; more time than this means that it hangs. */
const PATIENCE = 600_000;

let cordboard;
let chromium;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  const db = await database(cordboard);
  // a moment is looked at for longer than it lasts
  await db.query('update phone_line set ring_seconds = 600, wrap_up_seconds = 86400');
  await db.query('update phone_line set max_wait_seconds = 2 where did = $1', [MISSED]);
  await db.end();
  await cordboard.readSettings();
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  await cordboard?.close();
});

async function open(user, password = cordboard.password(user)) {
  const context = await chromium.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await signIn(page, { up: cordboard.up, password: () => password }, user);
  return page;
}

/** Somebody new in this role, who has to choose a password first. */
async function newcomer(role) {
  const username = `new${Date.now()}`;
  const { password } = await cordboard.request('POST', '/users', { username, name: 'New', role, grants: [] }, 201);
  return { username, password };
}

/** A walk through moments: what each has against it, told together at the end. */
function walk(page) {
  const found = [];
  return {
    async at(moment, { wide = true } = {}) {
      found.push(...(await judge(page, moment)));
      if (wide) found.push(...(await tooWide(page, moment)));
    },
    end: () => assert.ok(found.length === 0, `\n${found.join('\n')}`),
  };
}

/** What the words are is tested elsewhere: here buttons are found by their keys. */
const key = (page, keys) => page.keyboard.press(keys);

async function ready(page) {
  const button = page.locator('.presence button[aria-keyshortcuts="R"]');
  await button.waitFor();
  if ((await button.getAttribute('aria-disabled')) !== 'true') await button.click();
  await page.locator('.own-state[data-state="READY"]').waitFor();
}

const phase = (page, name) => page.locator(`.call-bar[data-phase="${name}"]`).waitFor();

async function rings(page, from) {
  await ready(page);
  const call = await cordboard.call({ from, to: LINE, say: '你好', seconds: 300 });
  await phase(page, 'RINGING');
  return call;
}

async function ends(page) {
  await key(page, 'Escape');
  await key(page, 'e');
  await key(page, 'e');
  await phase(page, 'WRAP_UP');
}

async function takesBreak(page) {
  await key(page, 'b');
  await page.locator('.ant-popover .choices').waitFor();
  await key(page, '1');
  await page.locator('.own-state[data-state="NOT_READY"]').waitFor();
}

test('who signs in, and who has to choose a password, finds nothing in the way', { timeout: PATIENCE }, async () => {
  const page = await (await chromium.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  await page.goto(cordboard.up.url);
  await page.locator('.door').waitFor();
  const walked = walk(page);
  await walked.at('sign-in');
  await page.locator('input').nth(0).fill('agent1');
  await page.locator('input').nth(1).fill('wrong');
  await key(page, 'Enter');
  await page.locator('.door-wrong:not(:empty)').waitFor();
  await walked.at('sign-in-wrong');
  const made = await newcomer('AGENT');
  await page.locator('input').nth(0).fill(made.username);
  await page.locator('input').nth(1).fill(made.password);
  await key(page, 'Enter');
  await page.locator('input[type=password]').nth(2).waitFor();
  await walked.at('first-password');
  walked.end();
});

/** The recording and the record of an older call, and who is to be called back. */
async function betweenCalls(page, walked) {
  const player = page.locator('.player');
  await until('the recording is there', async () => {
    await page.reload();
    await page.locator('.timeline .entry').first().waitFor();
    return (await player.count()) > 0;
  });
  await player.locator('.player-play').click();
  await player.locator('.wave-played').waitFor();
  const entry = page.locator('.entry-call', { has: page.locator('.correct-action') }).first();
  await entry.locator('.correct-action').click();
  await page.locator('.correct').waitFor();
  await walked.at('correction');

  for (const from of ['+8615401234567', '+447700900000']) await cordboard.call({ from, to: MISSED, say: '你好', seconds: 60 });
  await page.locator('.task').nth(1).waitFor();
  const acts = page.locator('.task').first().locator('.task-acts');
  await acts.locator('button').first().click();
  await acts.locator('button').nth(2).waitFor();
  await acts.locator('button').nth(1).click();
  await page.locator('.put-off').waitFor();
  await walked.at('tasks');
}

test('an agent finds nothing in the way in any moment of a call', { timeout: PATIENCE }, async () => {
  const page = await open('agent1');
  const walked = walk(page);
  await page.locator('.waiting').waitFor();
  await walked.at('waiting');
  await key(page, '?');
  await walked.at('keys');
  await key(page, 'Escape');
  await key(page, 'b');
  await page.locator('.ant-popover .choices').waitFor();
  await walked.at('break', { wide: false });
  await key(page, 'Escape');

  await rings(page, KNOWN);
  await walked.at('ringing');
  await key(page, 'a');
  await phase(page, 'TALKING');
  await walked.at('talking');
  await key(page, 'Escape');
  await key(page, 'v');
  await page.locator('.ant-popover .choices').waitFor();
  await walked.at('verify', { wide: false });
  await key(page, '1');
  await page.locator('.ant-popover .choices').waitFor({ state: 'detached' });
  // a command gives the cursor back to the notes
  await key(page, 'Escape');
  await key(page, 'h');
  await phase(page, 'HELD');
  await walked.at('held');
  await key(page, 'Escape');
  await key(page, 'h');
  await phase(page, 'TALKING');
  await ends(page);
  await walked.at('wrap-up');
  await page.locator('.dispositions button').first().click();
  await page.locator('.dispositions button[aria-pressed="true"]').waitFor();
  await key(page, 'Control+Enter');
  await page.locator('.last-call').waitFor();
  await key(page, 'w');
  await walked.at('last-call');
  await takesBreak(page);
  await betweenCalls(page, walked);

  await rings(page, SHARED);
  await page.locator('.candidate-list').waitFor();
  await walked.at('candidates');
  // else it would ring somebody else next
  await key(page, 'a');
  await phase(page, 'TALKING');
  walked.end();
});

/** As the page itself asks. */
const post = (page, path, body) =>
  page.evaluate(async ([to, order]) => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const answer = await fetch(`/api/v1${to}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
      body: JSON.stringify(order),
    });
    if (!answer.ok) throw new Error(`${to}: ${answer.status}`);
    return answer.json();
  }, [path, body]);

const madeCustomer = async (page, name) => (await post(page, '/customers', { name, kind: 'PERSON', language: 'en', level: 'GOLD', identities: [] })).card.id;

test('a customer’s file, the search and the form of a new one have nothing in the way', { timeout: PATIENCE }, async () => {
  const page = await open('agent2');
  const walked = walk(page);
  await page.locator('.waiting').waitFor();
  await key(page, 'Control+k');
  await walked.at('search-empty');
  await page.getByRole('combobox').fill('138');
  await page.getByRole('option').first().waitFor();
  await walked.at('search');
  await page.getByRole('option').first().click();
  await page.locator('.file').waitFor();
  await walked.at('file');
  await key(page, 'Escape');
  await key(page, 'Control+k');
  await page.locator('.panel .row button').first().click();
  await page.locator('.panel-form').waitFor();
  await walked.at('new-customer');
  await key(page, 'Escape');

  await show(page, { theme: 'light', language: 'en' });
  const [one, other] = [await madeCustomer(page, 'Looked at'), await madeCustomer(page, 'Looked at twice')];
  await post(page, `/customers/${one}/merge`, { into: other });
  await key(page, 'Control+k');
  await page.getByRole('combobox').fill('Looked at twice');
  await page.getByRole('option').first().click();
  await page.locator('.file').waitFor();
  await page.locator('.file button', { hasText: 'Undo the merge…' }).click();
  await page.locator('.undo').waitFor();
  await walked.at('merged');
  await show(page, { theme: 'light', language: 'en' });
  await page.locator('.file button', { hasText: 'Merge with another…' }).click();
  await page.getByRole('combobox').fill('138');
  await page.getByRole('option').first().waitFor();
  await walked.at('merge');
  walked.end();
});

/** Every page that this one's list leads to, whatever there is. */
async function allPages(page, who) {
  const walked = walk(page);
  await page.locator('.page-links a').first().waitFor();
  const links = await page.locator('.page-links a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  assert.ok(links.length > 0);
  for (const link of links) {
    await page.locator(`.page-links a[href="${link}"]`).first().click();
    await page.locator('.page h1, .waiting').first().waitFor();
    await page.waitForLoadState('networkidle');
    await walked.at(`${who}-${link.replace(/\W+/g, '') || 'desk'}`);
  }
  return walked;
}

test('a supervisor finds nothing in the way on any page', { timeout: PATIENCE }, async () => {
  const page = await open('supervisor1');
  const walked = await allPages(page, 'supervisor');
  const call = await rings(page, KNOWN);
  await key(page, 'a');
  await phase(page, 'TALKING');
  await ends(page);
  await page.locator('.dispositions button').first().click();
  await page.locator('.dispositions button[aria-pressed="true"]').waitFor();
  await key(page, 'Control+Enter');
  await phase(page, 'DONE');
  await page.goto(`${cordboard.up.url}/#/calls/${call}`);
  await page.locator('.page .facts').waitFor();
  await walked.at('call-record');

  await takesBreak(page);
  await cordboard.call({ from: '+447700900000', to: '+443069990123', say: 'Good morning.', seconds: 300 });
  await page.goto(`${cordboard.up.url}/#/team`);
  await page.locator('.team-line').waitFor();
  await page.locator('.team-calls summary').first().click();
  await page.locator('.team-calls li').first().waitFor();
  await walked.at('team-calls');
  walked.end();
});

test('an administrator finds nothing in the way on any page', { timeout: PATIENCE }, async () => {
  const made = await newcomer('ADMINISTRATOR');
  const page = await open(made.username, made.password);
  await page.locator('input[type=password]').nth(2).waitFor();
  for (const [at, text] of [made.password, PASSWORD, PASSWORD].entries()) await page.locator('input[type=password]').nth(at).fill(text);
  await key(page, 'Enter');
  await page.locator('.office').waitFor();
  const walked = walk(page);
  await walked.at('office');
  walked.end();
  (await allPages(page, 'administrator')).end();
  await formsOpen(page);
  await anImport(page);
});

/** Forms of the set-up with what is changed in them, and what is wrong. */
async function formsOpen(page) {
  const walked = walk(page);
  const form = page.locator('.setup-form');
  for (const section of ['users', 'lines', 'queues']) {
    await page.goto(`${cordboard.up.url}/#/setup/${section}`);
    await page.locator('.setup-tabs a[aria-current=page]').and(page.locator(`[href="#/setup/${section}"]`)).waitFor();
    await page.locator('.setup-row').first().click();
    await form.waitFor();
    if (section !== 'queues') await walked.at(`setup-${section}-open`);
  }
  await form.locator('.field input').first().fill('Customer care');
  await page.locator('.setup-pending .setup-said').first().waitFor();
  await walked.at('setup-changed');
  await form.locator('input[inputmode=numeric]').first().fill('5');
  await form.locator('.panel-wrong:not(:empty)').first().waitFor();
  await walked.at('setup-wrong', { wide: false });
  walked.end();
}

/** A file: its columns, and what a dry run found. */
async function anImport(page) {
  const walked = walk(page);
  await page.goto(`${cordboard.up.url}/#/imports`);
  await page.locator('input[type=file]').setInputFiles({ name: 'c.csv', mimeType: 'text/csv', buffer: Buffer.from('Name,Mobile,Note\r\nOne,13500002222,x\r\n,13500002223,y') });
  await page.locator('.import-table').waitFor();
  await walked.at('import-columns');
  await page.locator('.row button').first().click();
  await page.locator('.import-result a').waitFor();
  await walked.at('import-result');
  walked.end();
}
