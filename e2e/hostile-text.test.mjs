// What callers, customers and colleagues write is text wherever the desk shows it, never a page's code.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { Cordboard } from './lib/cordboard.mjs';
import { Desk, browser } from './lib/desk.mjs';
import { until } from './lib/wait.mjs';

const MARK = 'hostile';
const SCRIPT = `<script>globalThis.hacked=1</script>`;
const IMAGE = `"><img src=x onerror="globalThis.hacked=1" class=${MARK}>`;
const LINK = `<a href="javascript:globalThis.hacked=1" class=${MARK}>x</a>`;
const SVG = `<svg/onload=globalThis.hacked=1 class=${MARK}>\u202e{{constructor}}\${7*7}`;

let cordboard;
let agents;
let number;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  number = await poison();
  // lines and queues are read at the start
  process.kill(cordboard.up.pid, 'SIGTERM');
  await until('the server is down', () => !alive(cordboard.up.pid));
  cordboard.restart();
  agents = await browser();
});

after(async () => {
  await agents?.close();
  await cordboard?.close();
});

function alive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Writes hostile text into everything of one customer that a desk may show; the customer's number. */
async function poison() {
  const secret = (name) => readFileSync(join(cordboard.data, name), 'utf8').trim();
  const database = new pg.Client({
    host: '127.0.0.1',
    port: Number(secret('postgres.port')),
    user: 'cordboard',
    database: 'cordboard',
    password: secret('postgres.secret'),
  });
  await database.connect();
  try {
    const { rows } = await database.query(
      `select value, (array_agg(customer_id))[1] as customer from identity where until = 0 and value like '+861%'
       group by value having count(*) = 1
         and bool_and(customer_id in (select customer_id from sales_order)
           and customer_id in (select customer_id from service_record)) order by value limit 1`,
    );
    const [{ value, customer }] = rows;
    await database.query('update customer set name = $1 where id = $2', [SCRIPT + IMAGE, customer]);
    await database.query('update sales_order set title = $1 where customer_id = $2', [IMAGE, customer]);
    await database.query('update service_record set title = $1 where customer_id = $2', [SVG, customer]);
    await database.query(
      `insert into tag (customer_id, name, since, tagged_by) values ($1, $2, 0, $3)`,
      [customer, IMAGE, SCRIPT],
    );
    await database.query('update phone_line set label = $1', [LINK + IMAGE]);
    await database.query('update queue set label = $1', [SVG]);
    await database.query('update disposition set label_zh = $1, label_en = $1', [IMAGE]);
    await database.query('update app_user set display_name = $1 where username = $2', [IMAGE, 'agent1']);
    return value;
  } finally {
    await database.end();
  }
}

async function harmless(desk, where) {
  const found = await desk.page.evaluate((mark) => {
    const made = [...document.querySelectorAll(`.${mark}, img[src="x"]`)];
    return { hacked: globalThis.hacked, made: made.map((one) => one.outerHTML) };
  }, MARK);
  assert.deepEqual(found, { hacked: undefined, made: [] }, where);
}

test('S4: hostile names, titles, tags, labels, captions and notes are shown as text', async () => {
  const desk = await Desk.open(agents, cordboard, 'agent1');
  desk.page.on('dialog', (dialog) => assert.fail(`a dialog opened: ${dialog.message()}`));
  await harmless(desk, 'after signing in');
  await desk.press('ready');
  const call = await cordboard.call({ from: number, to: '4008001234', say: IMAGE, seconds: 120 });
  await desk.page.getByText(SCRIPT, { exact: false }).first().waitFor();
  await harmless(desk, 'while it rings');
  await desk.button('answer').click();
  await cordboard.callIs(call, 'TALKING');
  await desk.page.getByText('onerror', { exact: false }).first().waitFor();
  const note = desk.page.locator('textarea').first();
  await note.fill(IMAGE + SCRIPT);
  await harmless(desk, 'while they talk');
  await desk.page.reload();
  await desk.page.getByText(SCRIPT, { exact: false }).first().waitFor();
  await until('the note is there again', async () => (await note.inputValue()).includes('onerror'));
  await harmless(desk, 'after a refresh');
  await desk.press('hangUp');
  await cordboard.callIs(call, 'ENDED');
  await harmless(desk, 'in wrap-up');
});

test('S4: the page runs no code but its own, even if some got in', async () => {
  const desk = await Desk.open(agents, cordboard, 'agent2');
  const ran = await desk.page.evaluate(async () => {
    const code = document.createElement('script');
    code.textContent = 'globalThis.inline = 1';
    document.body.append(code);
    const image = document.createElement('div');
    image.innerHTML = '<img src="/nothing.png" onerror="globalThis.handler = 1">';
    document.body.append(image);
    await new Promise((done) => image.firstChild.addEventListener('error', done));
    return { inline: globalThis.inline, handler: globalThis.handler };
  });
  assert.deepEqual(ran, { inline: undefined, handler: undefined });
});
