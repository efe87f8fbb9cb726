// The whole way with a real Odoo 19: joined by the command line, calls written into it, changes taken over from it, its
// absence, and the comparison. Counts and states are asserted; times are printed, because they say as much about the machine.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { Asker } from './lib/interface.mjs';
import { Odoo } from './lib/odoo.mjs';
import { OwnDesk, PLAIN } from './lib/own-desk.mjs';
import { load } from './lib/processes.mjs';
import { count } from './lib/settings.mjs';
import { database } from './lib/team.mjs';
import { pause, spread, until } from './lib/wait.mjs';

const CALLS = count('ODOO_CALLS', process.env.NIGHTLY === 'yes' ? 200 : 50);
const AIM_MILLIS = 2_000;
const LONG = 300_000;
const SECRET = 'a word between Odoo and us';
const NEVER = 86_400;

let odoo;
let cordboard;
let boss;
/** The database of the product. */
let db;
let agents;
/** Our customers of this story: name, number, our id, Odoo's id. */
const customers = [];

before(async () => {
  odoo = await Odoo.up();
  cordboard = await Cordboard.start({ asterisk: false });
  db = await database(cordboard);
  const asker = (user) => Asker.signedIn(cordboard, user, cordboard.password(user));
  boss = await asker('supervisor1');
  agents = [await OwnDesk.open(cordboard, await asker('agent1')), await OwnDesk.open(cordboard, await asker('agent2'))];
});

after(async () => {
  agents?.forEach((one) => one.close());
  await db?.end();
  await cordboard?.close();
  await odoo?.down();
});

// ---- what is done and looked at again and again ------------------------------------------------------------------

const settings = () => [
  '--set', `url=${odoo.url}`, '--set', `database=${odoo.database}`, '--set', `api_key=${odoo.secret('key', odoo.apiKey)}`,
  '--set', `hook_secret=${odoo.secret('hook', SECRET)}`, '--allow-internal',
];

const administrator = () => ['--set', `admin_key=${odoo.secret('administrator', odoo.adminKey)}`];
const notices = () => ['--notices-to', `${cordboard.local}/api/v1/hooks/odoo`];

const joinedBy = (seconds) => odoo.file('odoo.yaml', { odoo: 'timeout_seconds: 5', sync: `poll-seconds: ${seconds}` });

async function connection() {
  const { items } = await cordboard.get('/crms');
  return items.find((one) => one.name === 'odoo');
}

/** From now on it is asked for changes this often. */
async function asksEvery(seconds) {
  await cordboard.request('POST', '/crms/odoo', { file: readFileSync(joinedBy(seconds), 'utf8') });
  await until('it runs', async () => (await connection()).state === 'RUNNING');
}

// the figures of the interface are some seconds old
const nothingWaits = () => until('nothing waits to be sent', async () => {
  const { rows: [{ waiting }] } = await db.query(`select count(*)::int waiting from work_item where kind like 'crm%' and state = 'OPEN'`);
  return waiting === 0;
}, LONG);

// meanwhile, because desks whose pages answer nothing are taken for closed
const command = (...words) => cordboard.cliMeanwhile(...words);
const compared = (...more) => command('reconcile', '--crm', 'odoo', ...more);

async function allIsEqual() {
  await nothingWaits();
  const figures = await compared();
  assert.equal(figures.consistencyPercent, 100, JSON.stringify(figures));
  return figures;
}

async function asked(method, path, body, status = 200) {
  const { status: got, json, text } = await boss.ask(method, `/api/v1${path}`, body);
  assert.equal(got, status, `${method} ${path}: ${text}`);
  return json;
}

const card = async (id) => (await asked('GET', `/customers/${id}`)).card;
const numbers = ({ identities }) => identities.map(({ value }) => value);

async function renames(id, name) {
  const { version } = await card(id);
  await asked('PATCH', `/customers/${id}`, { version, name });
}

/** Millis until our card is so. */
async function hereWithin(id, wished, patience) {
  const began = performance.now();
  await until('it stands here', async () => wished(await card(id)), patience);
  return performance.now() - began;
}

async function places(from) {
  const { callId } = await asked('POST', '/calls', { from, to: PLAIN, say: '你好', seconds: 300 }, 201);
  return callId;
}

/** Who calls: the customer whom the call that rings shows. */
async function pops(from) {
  const [agent, other] = agents;
  await other.rests();
  await agent.ready();
  const began = performance.now();
  const callId = await places(from);
  await agent.getsRung(callId);
  return { callId, customer: (await cordboard.get(`/calls/${callId}`)).customer, millis: performance.now() - began };
}

/** From the answer to the finished record, with a note; the moment at which the talk was ended, and the wrap-up. */
async function conducts(agent, callId, note) {
  await agent.does(callId, 'answer');
  await agent.callIs(callId, 'TALKING');
  await agent.does(callId, 'notes', { text: note, revision: 0 });
  const ended = performance.now();
  await agent.does(callId, 'hang-up');
  await agent.callIs(callId, 'WRAP_UP');
  const finished = performance.now();
  await agent.does(callId, 'finish-wrap-up', { disposition: 'solved' });
  return { ended, finished };
}

// ---- the stories -------------------------------------------------------------------------------------------------

test('it is prepared and joined by the command line, and all customers and calls that there are stand in it', async () => {
  const file = joinedBy(NEVER);
  await assert.rejects(command('crm', 'add', file, ...settings()), /Let an administrator prepare/);
  assert.deepEqual(await command('crm', 'prepare', file, ...settings(), ...administrator(), ...notices()), { prepared: file, notices: true });
  const added = await command('crm', 'add', file, ...settings());
  assert.ok(added.ok && added.capabilities.includes('customer:find-by-number'), JSON.stringify(added));
  assert.equal((await command('crm', 'test', 'odoo')).ok, true);

  for (let n = 0; n < 10; n++) {
    const number = `+86139111222${String(n).padStart(2, '0')}`;
    const order = { name: `Example ${n}`, language: 'en', identities: [{ kind: 'mobile', value: number }] };
    const { card: made } = await asked('POST', '/customers', order, 201);
    customers.push({ name: order.name, number, id: made.id });
  }
  const began = performance.now();
  await cordboard.request('POST', '/crms/odoo/send-all', {}, 202);
  await until('all are handed in', async () => (await connection()).marked === null, LONG);
  await nothingWaits();
  // what was written of calls before it was joined is sent by the comparison, and what it had before is taken over
  const first = await compared('--repair');
  assert.equal(first.differing, 0, 'what was sent comes back as it was sent');
  await nothingWaits();
  const { compared: all } = await allIsEqual();
  assert.ok(all > 1_900, `${all} records`);
  console.log(`measured: ${all} customers and calls sent, compared and equal after ${Math.round((performance.now() - began) / 1000)} s`);
  const theirs = await odoo.idsOfOurs('res.partner');
  for (const one of customers) one.theirs = theirs.get(one.id);
  assert.ok(customers.every(({ theirs: id }) => id > 0), JSON.stringify(customers));
});

test(`${CALLS} calls end, and each stands in Odoo at its customer, once`, async () => {
  const before = new Set((await odoo.notes()).map(({ id }) => id));
  const newest = Math.max(0, ...before);
  const mark = (n) => `[call ${n}] agreed on Friday`;
  const calls = [];
  const byCall = new Map();
  let over = false;

  async function serves(agent) {
    while (!over) {
      const ringing = (await agent.calls()).find(({ callId, phase }) => phase === 'RINGING' && byCall.has(callId));
      if (ringing === undefined) {
        await pause(50);
        continue;
      }
      const call = byCall.get(ringing.callId);
      Object.assign(call, await conducts(agent, call.callId, mark(call.n)));
    }
  }

  async function phones() {
    while (!over && calls.length < CALLS) {
      const call = { n: calls.length, customer: customers[calls.length % customers.length] };
      calls.push(call);
      call.callId = await places(call.customer.number);
      byCall.set(call.callId, call);
      await until(`call ${call.n} is wrapped up`, () => over || call.finished, LONG);
    }
  }

  async function watches() {
    while (!over) {
      const notes = await odoo.notes([['id', '>', newest]]);
      const now = performance.now();
      for (const { body } of notes) {
        const call = calls[Number(/\[call (\d+)\]/.exec(body)?.[1] ?? -1)];
        if (call === undefined) continue;
        call.written ??= now;
        if (/cordboard-disposition/.test(body)) call.complete ??= now;
      }
      await pause(30);
    }
  }

  async function talks() {
    await Promise.all([phones(), phones()]);
    await until('every call stands there whole', () => over || calls.every(({ complete }) => complete), LONG);
    over = true;
  }

  for (const agent of agents) await agent.ready();
  const failures = [];
  await Promise.all([...agents.map(serves), watches(), talks()].map((one) => one.catch((error) => {
    failures.push(error);
    over = true;
  })));
  if (failures.length > 0) throw failures[0];
  await nothingWaits();

  const notes = await odoo.notes([['id', '>', newest]]);
  assert.equal(notes.length, CALLS, 'one note for each call');
  const ids = await odoo.idsOfOurs('mail.message');
  for (const { n, callId, customer } of calls) {
    const mine = notes.filter(({ body }) => body.includes(mark(n)));
    assert.equal(mine.length, 1, `call ${n}`);
    assert.equal(mine[0].res_id, customer.theirs, `call ${n} stands at its customer`);
    assert.equal(mine[0].id, ids.get(callId), `call ${n} is found by our id`);
  }
  console.log(`load average: ${load()}`);
  const toNote = calls.map(({ ended, written }) => written - ended);
  spread('end of a call to its note being readable in Odoo', toNote);
  spread('wrap-up finished to its outcome being readable in Odoo', calls.map(({ finished, complete }) => complete - finished));
  const late = toNote.filter((millis) => millis > AIM_MILLIS).length;
  console.log(`measured: within ${AIM_MILLIS} ms of the end of the call: ${CALLS - late} of ${CALLS}`);
});

test('a number that is changed in Odoo is told by itself, and changes the next pop', async () => {
  const [one] = customers;
  const number = '+8613911133301';
  const took = [];
  await odoo.writes(one.theirs, { phone: '+86 139 1113 3301' });
  took.push(await hereWithin(one.id, (now) => numbers(now).includes(number)));
  assert.ok(!numbers(await card(one.id)).includes(one.number), 'the old number is gone');
  const { callId, customer } = await pops(number);
  assert.equal(customer, one.id);
  await conducts(agents[0], callId, 'by the new number');
  one.number = number;
  for (let n = 0; n < 10; n++) {
    await odoo.writes(one.theirs, { name: `Told ${n}` });
    took.push(await hereWithin(one.id, ({ name }) => name === `Told ${n}`));
  }
  spread('change in Odoo to its standing here, told by itself', took);
});

test('an edit here stands there and an edit there stands here, once each', async () => {
  const [, one, other] = customers;
  await renames(one.id, 'Edited here');
  await until('it stands there', async () => (await odoo.partner(one.theirs)).name === 'Edited here');
  await odoo.writes(other.theirs, { name: 'Edited there', email: 'there@example.com' });
  await hereWithin(other.id, (now) => now.name === 'Edited there' && numbers(now).includes('there@example.com'));
  const stands = async () => ({
    here: [await card(one.id), await card(other.id)].map(({ version, name }) => [version, name]),
    there: [await odoo.partner(one.theirs), await odoo.partner(other.theirs)],
  });
  await nothingWaits();
  const at = await stands();

  // what is edited afterwards goes the same ways: when that has arrived, an echo of the first would have too
  const [, , , third, fourth] = customers;
  await renames(third.id, 'Later here');
  await odoo.writes(fourth.theirs, { name: 'Later there' });
  await until('the later one stands there', async () => (await odoo.partner(third.theirs)).name === 'Later here');
  await hereWithin(fourth.id, ({ name }) => name === 'Later there');
  await nothingWaits();
  assert.deepEqual(await stands(), at, 'nothing went to and fro');
  await allIsEqual();
});

test('while Odoo answers nothing, calls ring and show who calls; afterwards what waited is sent, nothing twice', async () => {
  const told = [];
  const rang = [];
  odoo.hangs();
  try {
    await renames(customers[5].id, 'Edited meanwhile');
    for (const [n, { number, id }] of customers.slice(1, 5).entries()) {
      const { callId, customer, millis } = await pops(number);
      assert.equal(customer, id);
      rang.push(millis);
      told.push(`[without Odoo ${n}]`);
      await conducts(agents[0], callId, told.at(-1));
    }
    const stranger = await pops('+8613911144400');
    assert.equal(stranger.customer, null);
    await conducts(agents[0], stranger.callId, 'nobody');
    console.log(`measured: a call of somebody unknown rang after ${Math.round(stranger.millis)} ms, Odoo being asked in vain`);
    await until('what waits is told', async () => (await connection()).flow.waiting > told.length, LONG);
    await until('it is said that it does not answer', async () => (await connection()).trouble, LONG);
  } finally {
    odoo.goOn();
  }
  spread('call placed to its ringing, without Odoo', rang);
  const back = performance.now();
  await nothingWaits();
  console.log(`measured: what had waited was there ${Math.round((performance.now() - back) / 1000)} s after Odoo was back`);
  const notes = await odoo.notes();
  for (const text of told) assert.equal(notes.filter(({ body }) => body.includes(text)).length, 1, text);
  assert.equal((await odoo.partner(customers[5].theirs)).name, 'Edited meanwhile');
  const { flow } = await connection();
  assert.equal(flow.dead, 0);
  await allIsEqual();
});

test('without notices a change is here after the next look', async () => {
  const [one] = customers;
  assert.deepEqual(await command('crm', 'prepare', 'odoo', ...administrator()), { prepared: 'odoo', notices: false });
  assert.deepEqual(await odoo.search('base.automation', [], ['name']), [], 'Odoo has no rule of ours any more');
  await asksEvery(2);
  const took = [];
  const number = '+8613911133302';
  await odoo.writes(one.theirs, { phone: number });
  took.push(await hereWithin(one.id, (now) => numbers(now).includes(number)));
  const { callId, customer } = await pops(number);
  assert.equal(customer, one.id);
  await conducts(agents[0], callId, 'by the newest number');
  for (let n = 0; n < 5; n++) {
    await odoo.writes(one.theirs, { name: `Asked ${n}` });
    took.push(await hereWithin(one.id, ({ name }) => name === `Asked ${n}`));
  }
  spread('change in Odoo to its standing here, looked for every 2 s', took);
});

/** Neither told nor looked for any more: what is changed now is behind our back. */
async function looksAway() {
  const [one] = customers;
  await asksEvery(NEVER);
  // it looks once when it begins: what it has seen of this one, it has seen of all
  await odoo.writes(one.theirs, { name: 'The last that is seen' });
  await until('the first look is over', async () => {
    if ((await card(one.id)).name === 'The last that is seen') return true;
    await asksEvery(NEVER);
    await pause(1_000);
    return false;
  });
  await nothingWaits();
}

test('a customer whom only Odoo knows calls, and the card is there while it rings', async () => {
  await looksAway();
  const number = '+447700900981';
  await odoo.makes({ name: 'Known in Odoo only', phone: number, email: 'only@example.com', lang: 'en_US' });
  const { callId, millis } = await pops(number);
  const began = performance.now();
  const customer = await until('the call shows somebody', async () => (await cordboard.get(`/calls/${callId}`)).customer, 10_000);
  const known = performance.now() - began;
  assert.equal((await agents[0].calls()).find((one) => one.callId === callId)?.phase, 'RINGING');
  const { name, identities, language } = await card(customer);
  assert.equal(name, 'Known in Odoo only');
  assert.deepEqual(identities.map(({ value }) => value).sort(), [number, 'only@example.com'].sort());
  assert.match(language, /^en/);
  console.log(`measured: call of somebody whom only Odoo knows: rang after ${Math.round(millis)} ms, who it is known ${Math.round(known)} ms later`);
  await conducts(agents[0], callId, 'a customer of Odoo’s');
  await nothingWaits();
  const notes = await odoo.notes([['body', 'ilike', 'a customer of Odoo']]);
  assert.equal(notes.length, 1, 'the call stands at the customer who was there before us');
});

test('what was changed behind our back is found with its field before it is repaired, and all is equal afterwards', async () => {
  const [, , , , , , one, other] = customers;
  await allIsEqual();
  await odoo.writes(one.theirs, { name: 'Behind our back' });
  await odoo.writes(other.theirs, { active: false });

  const found = await compared();
  assert.equal(found.differing + found.missingThere, 2, JSON.stringify(found));
  assert.ok(found.consistencyPercent < 100);
  assert.equal(found.repaired, 0);
  const { items: [last] } = await cordboard.get('/crms/odoo/comparisons');
  const { items: drifts } = await cordboard.get(`/crms/odoo/comparisons/${last.id}/drifts`);
  assert.deepEqual(drifts.find(({ ours }) => ours === one.id)?.fields, ['name'], JSON.stringify(drifts));
  assert.equal((await card(one.id)).name, one.name, 'looking repairs nothing');

  const repaired = await compared('--repair');
  assert.equal(repaired.consistencyPercent, found.consistencyPercent, 'the figures are from before the repair');
  assert.equal(repaired.repaired, 2, JSON.stringify(repaired));
  await hereWithin(one.id, ({ name }) => name === 'Behind our back');
  await allIsEqual();
});
