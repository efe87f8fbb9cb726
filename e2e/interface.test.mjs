// Every operation that the document tells of, asked rightly, wrongly, by nobody and by those who may not; then with whatever comes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Cordboard } from './lib/cordboard.mjs';
import { Asker, Interface, bugsIn } from './lib/interface.mjs';
import { nastyBody, nastyQuery, nastySegment, seeded } from './lib/nasty.mjs';
import { Floor, OwnDesk, RECORDED } from './lib/own-desk.mjs';
import { wrongWith } from './lib/schema.mjs';
import { FILE, SmallCrm } from './lib/small-crm.mjs';
import { pause, until } from './lib/wait.mjs';


const NOBODYS_HOOK = 'https://203.0.113.7/hook';
const NOBODYS_ID = '0190a1b2-0000-7000-8000-000000000001';
const SEED = Number(process.env.CORDBOARD_SEED ?? 20260105);
const ODD_REQUESTS = Number(process.env.CORDBOARD_ODD_REQUESTS ?? 25);

let cordboard;
let told;
let askers;
let nobody;
let key;
let floor;
let crm;

before(async () => {
  crm = await SmallCrm.start();
  cordboard = await Cordboard.start({ asterisk: false });
  told = await Interface.read(cordboard);
  nobody = new Asker(cordboard.local).comparing(told);
  key = cordboard.cli('key', 'create', '--role', 'INTEGRATION', '--name', 'interface');
  askers = {
    agent: await Asker.signedIn(cordboard, 'agent1', cordboard.password('agent1')),
    supervisor: await Asker.signedIn(cordboard, 'supervisor1', cordboard.password('supervisor1')),
    administrator: await Asker.hired(cordboard, `boss${process.pid}`, 'ADMINISTRATOR'),
    program: new Asker(cordboard.local, { Authorization: `Bearer ${key.apiKey}` }, ['SEND_EVENTS']),
  };
  const colleague = await Asker.signedIn(cordboard, 'agent2', cordboard.password('agent2'));
  for (const one of [...Object.values(askers), colleague]) one.comparing(told);
  floor = new Floor(cordboard, askers.supervisor, await OwnDesk.open(cordboard, askers.agent), await OwnDesk.open(cordboard, colleague));
});

after(async () => {
  floor?.close();
  crm?.close();
  await cordboard?.close();
});

/** Whoever may, for the operations of sessions a session of their own. */
async function whoMay(operation) {
  if (operation.key === 'POST /api/v1/session') return nobody;
  if (operation.path.startsWith('/api/v1/session')) return passer();
  if (operation.key === 'POST /api/v1/me/phone') return withTwoPhones();
  return Object.values(askers).find((one) => one.may(operation));
}
// other ones in each run, so that a server that runs already can be asked again
let passing = process.pid * 1000;

/** Somebody who is here for one operation, with a session of their own. */
const passer = async (more) => (await Asker.hired(cordboard, `passing${++passing}`, 'AGENT', more)).comparing(told);

async function withTwoPhones() {
  const one = await passer({ phone: { switchId: 'asterisk', address: String(++passing), kind: 'BROWSER' } });
  const { status, text } = await askers.administrator.ask('POST', `/api/v1/users/${one.id}/spare-phone`, { phone: { switchId: 'asterisk', address: String(++passing), kind: 'SIP' } });
  assert.equal(status, 200, text);
  return one;
}

// ---- what an operation needs to be there -------------------------------------------------------

let customers = (process.pid % 500) * 100;

async function customer() {
  const order = { name: `Example ${++customers}`, identities: [{ kind: 'email', value: `office${customers}@example.com` }] };
  const { status, json, text } = await askers.agent.ask('POST', '/api/v1/customers', order);
  assert.equal(status, 201, text);
  return json.card;
}

async function merged() {
  const [loser, survivor] = [await customer(), await customer()];
  const { status, json, text } = await askers.agent.ask('POST', `/api/v1/customers/${loser.id}/merge`, { into: survivor.id });
  assert.equal(status, 201, text);
  return json;
}

const TASKS_AT_ONCE = 8;
const owed = [];

/** Calls that nobody takes are owed call-backs; several at once, because each waits for a while. */
async function owe() {
  await floor.leave();
  const callers = Array.from({ length: TASKS_AT_ONCE }, () => `+86138001${String(38100 + ++customers)}`);
  const calls = [];
  for (const from of callers) calls.push(await made('/api/v1/calls', { from, to: '4008001234', seconds: 1 }));
  await Promise.all(calls.map(({ callId }) => cordboard.callIs(callId, 'ENDED')));
  for (const from of callers) owed.push(await until('a call-back is owed', () => owedTo(from)));
}

async function owedTo(from) {
  const { json } = await askers.agent.ask('GET', '/api/v1/tasks?view=open&limit=100');
  return json.items.find((one) => JSON.stringify(one).includes(from.slice(-5)));
}

async function task() {
  if (owed.length === 0) await owe();
  return owed.pop();
}

async function made(path, body) {
  const { json, text, status } = await askers.administrator.ask('POST', path, body);
  assert.equal(status, 201, text);
  return json;
}

/** A file that was brought; only so many are kept. */
async function brought(file) {
  const { json } = await askers.administrator.ask('GET', '/api/v1/imports');
  for (const { id } of json.items) await askers.administrator.ask('DELETE', `/api/v1/imports/${id}`);
  const text = file ?? `name,email\nExample ${++customers},import${customers}@example.com\n`;
  const answer = await askers.administrator.ask('POST', '/api/v1/imports?kind=customers', text, { 'Content-Type': 'text/csv' });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.id;
}

/** A file of which a row cannot be loaded. */
async function wrongFile() {
  const id = await brought('name,email\nExample,no-address\n');
  const columns = [{ index: 0, target: 'name' }, { index: 1, target: 'email' }];
  // one import runs at a time
  await until('it may be read', async () => (await askers.administrator.ask('POST', `/api/v1/imports/${id}/check`, { columns })).status === 202);
  await until('it was read', async () => (await askers.administrator.ask('GET', `/api/v1/imports/${id}`)).json.state === 'CHECKED');
  return id;
}

let systems = process.pid * 100;

/** A system that is joined, and answers. */
async function system() {
  const file = FILE.replace('name: Fake CRM', `name: fake ${++systems}`);
  const order = { file, settings: { address: crm.url, secret: crm.secret, hook_secret: crm.hookSecret }, internal: true };
  return (await made('/api/v1/crms', order)).crm.name;
}

/** The file of the document's example, of another system each time. */
function another() {
  const { example } = told.operations.find(({ key }) => key === 'POST /api/v1/crms');
  return example.file.replace('name: example', `name: example-${++systems}`);
}

/** Something private was said to somebody who was taken for another. */
async function incident() {
  await floor.mistaken(await customer(), await customer());
  return until('an incident', async () => (await askers.administrator.ask('GET', '/api/v1/privacy-incidents?state=open')).json.items[0]?.id);
}

/** Somebody to be told, at an address that is nobody's; only so many are kept. */
async function webhook() {
  const { json } = await askers.administrator.ask('GET', '/api/v1/webhooks');
  for (const { id } of json.items) await askers.administrator.ask('DELETE', `/api/v1/webhooks/${id}`);
  return (await made('/api/v1/webhooks', { url: NOBODYS_HOOK, events: ['task.closed'] })).webhook.id;
}

const user = async () => (await made('/api/v1/users', { username: `person${++passing}`, name: 'Person', role: 'AGENT', grants: [] })).user;

/** A call in the state that the operation needs. */
function live(state) {
  return async () => ({ id: await floor[state]() });
}

/** What stands for `{id}` and `{name}`, and changes to the example, so that the request works here. */
const PREPARED = {
  'POST /api/v1/session': () => ({ body: { user: 'agent1', password: cordboard.password('agent1') } }),
  'POST /api/v1/session/password': (who) => ({ body: { current: who.password, password: 'another long password of one’s own' } }),
  'POST /api/v1/cti/events': () => ({ body: { at: new Date().toISOString() } }),
  'GET /api/v1/customers': () => ({ query: '?q=Example' }),
  'PATCH /api/v1/customers/{id}': async () => {
    const { id, version } = await customer();
    return { id, body: { version } };
  },
  'POST /api/v1/customers': () => ({ body: { identities: [] } }),
  'POST /api/v1/customers/{id}/identities': async () => ({ id: (await customer()).id, body: { value: `sales${customers}@example.com` } }),
  'POST /api/v1/customers/{id}/identities/confirm': async () => ({ id: (await customer()).id, body: { value: `office${customers}@example.com` } }),
  'POST /api/v1/customers/{id}/identities/remove': async () => ({ id: (await customer()).id, body: { value: `office${customers}@example.com` } }),
  'POST /api/v1/customers/{id}/merge': async () => ({ id: (await customer()).id, body: { into: (await customer()).id } }),
  'GET /api/v1/merges/{id}': async () => ({ id: (await merged()).id }),
  'POST /api/v1/merges/{id}/undo': async () => ({ id: (await merged()).id }),
  'POST /api/v1/users': () => ({ body: { username: `person${++passing}` } }),
  'POST /api/v1/users/{id}': async () => {
    const { id, username } = await user();
    return { id, body: { username } };
  },
  'POST /api/v1/tasks/{id}/postpone': async () => ({ id: (await task()).id, body: { dueAt: new Date(Date.now() + 86_400_000).toISOString() } }),
  'POST /api/v1/tasks/{id}/give-back': async () => {
    const { id } = await task();
    await askers.agent.ask('POST', `/api/v1/tasks/${id}/take`);
    return { id };
  },
  'DELETE /api/v1/trunks/{name}': async () => {
    const { json } = await askers.administrator.ask('POST', '/api/v1/trunks/passing?version=0', { region: 'CN' });
    return { name: 'passing', query: `?version=${json.version}` };
  },
  'POST /api/v1/trunks/{name}': () => ({ name: `trunk${++passing}`, query: '?version=0' }),
  'GET /api/v1/trunks/{name}/history': () => ({ name: 'default' }),
  'GET /api/v1/calls/{id}': async () => ({ id: (await made('/api/v1/calls', { from: '+8613800138000', to: '4008001234', seconds: 1 })).callId }),
  'POST /api/v1/queues/{id}': () => ({ id: 'care' }),
  'POST /api/v1/users/{id}/spare-phone': async () => ({ id: (await user()).id, body: { phone: { switchId: 'asterisk', address: String(++passing), kind: 'SIP' } } }),
  'POST /api/v1/agents/{id}/state': async () => {
    await floor.rest();
    return { id: floor.first.id };
  },
  'POST /api/v1/agents/{id}/release': async () => {
    await floor.wrapsUp();
    return { id: floor.first.id };
  },
  'POST /api/v1/agents/{id}/sign-out': async () => ({ id: (await passer()).id }),
  'POST /api/v1/calls/{id}/answer': live('rings'),
  'POST /api/v1/calls/{id}/cancel-consultation': live('consults'),
  'POST /api/v1/calls/{id}/complete-transfer': live('consults'),
  'POST /api/v1/calls/{id}/consult': async () => ({ id: await floor.mayConsult(), body: { target: floor.second.id } }),
  'POST /api/v1/calls/{id}/corrections': async () => ({ id: (await floor.closed()).callId }),
  'POST /api/v1/calls/{id}/customer': async () => ({ id: await floor.talks(), body: { customerId: (await customer()).id } }),
  'POST /api/v1/calls/{id}/decline': live('rings'),
  'POST /api/v1/calls/{id}/extend-wrap-up': live('wrapsUp'),
  'POST /api/v1/calls/{id}/finish-wrap-up': live('wrapsUp'),
  'POST /api/v1/calls/{id}/merge': live('consults'),
  'POST /api/v1/calls/{id}/move': live('waits'),
  'POST /api/v1/calls/{id}/pause-recording': live('recorded'),
  'POST /api/v1/calls/{id}/pick-up': live('parks'),
  'GET /api/v1/calls/{id}/record': async () => ({ id: (await floor.closed(RECORDED)).callId }),
  'POST /api/v1/calls/{id}/resume': live('holds'),
  'POST /api/v1/calls/{id}/resume-recording': live('pauses'),
  'POST /api/v1/calls/{id}/swap': live('consults'),
  'POST /api/v1/calls/{id}/verify': async () => {
    const id = await floor.talks();
    await floor.first.does(id, 'customer', { customerId: (await customer()).id });
    return { id };
  },
  'POST /api/v1/outgoing-calls': async () => {
    await floor.rest();
    return {};
  },
  'POST /api/v1/privacy-incidents/{id}/close': async () => ({ id: await incident() }),
  'GET /api/v1/recordings/{name}': async () => ({ name: await floor.recording() }),
  'PUT /api/v1/setup': async () => {
    const { json } = await askers.administrator.ask('GET', '/api/v1/setup');
    return { query: '?dryRun=true', body: json.sections };
  },
  'POST /api/v1/imports': () => ({ query: '?kind=customers&name=example.csv' }),
  'POST /api/v1/imports/{id}/load': async () => ({ id: await brought(), body: { goodRows: false } }),
  'GET /api/v1/imports/{id}/errors': async () => ({ id: await wrongFile() }),
  'POST /api/v1/crms': () => ({ body: { file: another() } }),
  'POST /api/v1/crms/{name}/mappings/{kind}/take-back': async () => {
    const name = await system();
    const rules = [{ ours: 'name', theirs: 'name' }];
    await askers.administrator.ask('POST', `/api/v1/crms/${name}/mappings/customer`, { version: 0, rules });
    return { name };
  },
  'POST /api/v1/webhooks': () => ({ body: { url: NOBODYS_HOOK } }),
  'POST /api/v1/webhooks/{id}/deliveries/{event}/replay': async () => {
    const id = await webhook();
    const { json } = await askers.administrator.ask('POST', `/api/v1/webhooks/${id}/test`);
    return { id, event: json.eventId };
  },
  'DELETE /api/v1/keys/{id}': async () => ({ id: (await made('/api/v1/keys', { name: `key${++passing}`, role: 'INTEGRATION' })).id }),
};
const BY_PLACE = [
  [/calls\/\{id}\//, live('talks')],
  [/comparisons\/\{id}/, async () => {
    const name = await system();
    const { status, json, text } = await askers.administrator.ask('POST', `/api/v1/crms/${name}/comparisons`, { repair: false });
    assert.equal(status, 202, text);
    return { name, id: json.id };
  }],
  [/crms\/\{name}/, async () => ({ name: await system() })],
  [/webhooks\/\{id}/, async () => ({ id: await webhook() })],
  [/imports\/\{id}/, async () => ({ id: await brought() })],
  [/customers\/\{id}/, async () => ({ id: (await customer()).id })],
  [/users\/\{id}/, async () => ({ id: (await user()).id })],
  [/agents\/\{id}/, async () => ({ id: (await user()).id })],
  [/tasks\/\{id}/, async () => ({ id: (await task()).id })],
];

/** What only a fault, an Asterisk, a browser's phone or an Odoo brings about: asked without it, these say so. The stories of those ask them with it. */
const NOT_THERE = /dead-letters\/\{id}|hooks\/|crms\/(\{name}\/)?prepare|recordings\/\{name}\/alarm|GET \/api\/v1\/phone$|switches\/asterisk/;

/** What would take away what the other operations stand on is only tried. */
const TRIED_ONLY = { 'PUT /api/v1/setup': '?dryRun=true' };

const prepared = (operation, who) =>
  (PREPARED[operation.key] ?? BY_PLACE.find(([place]) => place.test(operation.path))?.[1] ?? (() => ({})))(who);

function address(
  operation,
  { id = /letters|comparisons/.test(operation.path) ? '1' : NOBODYS_ID, name = 'nothing', event = NOBODYS_ID, query = '' } = {},
) {
  return (
    operation.path.replace('{id}', id).replace('{name}', name).replace('{kind}', 'customer').replace('{event}', event) +
    query
  );
}

/** Asks; waits where the server says that it is too much at once. */
async function asked(who, { method, type }, path, body, headers = {}) {
  for (;;) {
    const answer = await who.ask(method, path, body, body === undefined ? headers : { 'Content-Type': type, ...headers });
    if (answer.status !== 429) return answer;
    await pause(Math.min(answer.wait, 5) * 1000 + 50);
  }
}

function isProblem(answer, what) {
  assert.match(answer.type, /^application\/problem\+json/, `${what}: ${answer.status} ${answer.text}`);
  assert.equal(answer.json.status, answer.status, what);
  assert.match(answer.json.type, /^\/problems\/[a-z-]+$/, what);
  assert.notEqual(answer.json.type, '/problems/bug', `${what}: ${answer.text}`);
  assert.ok(answer.json.detail?.length > 0, `${what}: says nothing`);
  assert.doesNotMatch(answer.text, /Exception|io\.cordboard|org\.postgresql|\tat |select .* from/i, what);
}

// ---- the tests ---------------------------------------------------------------------------------

test('the check of answers finds what the document does not say, and nothing else', () => {
  const schemas = {
    Page: { type: 'object', required: ['items'], properties: { items: { type: 'array', items: { $ref: '#/components/schemas/One' } }, next: { type: 'string' } } },
    One: { required: ['id', 'at'], properties: { id: { type: 'string', format: 'uuid' }, at: { type: 'string', format: 'date-time' }, n: { type: 'integer', maximum: 9 }, state: { enum: ['NEW', 'OLD'] }, words: { type: 'object', additionalProperties: { type: 'string' } } } },
  };
  const wrong = (value) => wrongWith(value, { $ref: '#/components/schemas/Page' }, ({ $ref }) => schemas[$ref.split('/').at(-1)]);
  const one = { id: NOBODYS_ID, at: '2026-01-05T01:00:00.5Z', n: 9, state: 'OLD', words: { a: 'b' } };
  for (const right of [{ items: [] }, { items: [], next: null }, { items: [one, { ...one, n: null, state: undefined }], next: 'x' }]) assert.deepEqual(wrong(right), []);
  const odd = [
    null, [], 'x', {}, { items: null }, { items: {} }, { items: [], next: 1 }, { items: [], more: true }, { items: [null] }, { items: [{ ...one, id: 'x' }] }, { items: [{ ...one, id: undefined }] },
    { items: [{ ...one, at: 'today' }] }, { items: [{ ...one, at: 1 }] }, { items: [{ ...one, n: 10 }] }, { items: [{ ...one, n: 1.5 }] }, { items: [{ ...one, n: '1' }] }, { items: [{ ...one, state: 'LOST' }] },
    { items: [{ ...one, words: { a: 1 } }] }, { items: [{ ...one, words: [] }] }, { items: [one, { ...one, x: 1 }] },
  ];
  for (const value of odd) assert.equal(wrong(value).length, 1, JSON.stringify(value));
  assert.throws(() => wrongWith(1, { oneOf: [] }, () => undefined), /does not know oneOf/);
});

test('the document is of OpenAPI 3.1', () => assert.match(told.document.openapi, /^3\.1\./));

test('each operation that takes a body has an example in the document', () => {
  assert.ok(told.operations.length > 60);
  assert.deepEqual(told.operations.filter((one) => one.body !== undefined && one.example === undefined).map((one) => one.key), []);
});

test('each operation, asked as its example says, is done', async () => {
  for (const operation of told.operations) {
    const who = await whoMay(operation);
    assert.ok(who, `nobody may ${operation.key}`);
    const here = await prepared(operation, who);
    const body = typeof operation.example === 'object' ? { ...operation.example, ...here.body } : operation.example;
    const answer = await asked(who, operation, address(operation, here), body);
    if (NOT_THERE.test(operation.key) && answer.status >= 300) {
      isProblem(answer, operation.key);
      assert.ok([404, 409].includes(answer.status), `${operation.key}: ${answer.status} ${answer.text}`);
    } else {
      assert.ok(operation.done.includes(answer.status), `${operation.key}: ${answer.status} ${answer.text}`);
    }
    // the switch carries it out: until then the talk seems to go on
    if (operation.key === 'POST /api/v1/calls/{id}/hang-up') await floor.first.callIs(here.id, 'WRAP_UP');
  }
  const compared = told.operations.filter((one) => told.compared.has(one.key)).length;
  assert.ok(compared > told.operations.length - 12, `of ${told.operations.length} operations the answers of ${compared} only were compared with the document`);
});

/** What is wrong with a request whose operation takes nothing: a form that nobody gives, or a key that is none. */
function wrongAround(operation) {
  const headers = operation.method === 'GET' ? { Accept: 'image/x-none' } : { 'Idempotency-Key': 'x'.repeat(200) };
  return [address(operation), operation.example, headers];
}

test('each operation refuses a request of another form, and says what is wrong', async () => {
  let refused = 0;
  for (const operation of told.operations) {
    const who = await whoMay(operation);
    const wrong = [wrongAround(operation)];
    if (operation.body !== undefined) wrong.push([address(operation), '{"no": ["such", "order"'], [address(operation), '[]']);
    if (operation.inPath.some(({ name }) => name === 'id')) wrong.push([address(operation, { id: 'no-id' }), operation.example]);
    if (operation.inQuery.some(({ name }) => name === 'cursor')) wrong.push([address(operation, { query: '?q=a&cursor=%00no' }), undefined]);
    for (const [path, body, headers] of wrong) {
      const answer = await asked(who, operation, path, body, headers);
      isProblem(answer, operation.key);
      assert.ok(answer.status >= 400 && answer.status < 500, `${operation.key} ${path}: ${answer.status}`);
      refused++;
    }
  }
  assert.ok(refused > told.operations.length, `only ${refused} were asked`);
});

test('nobody who has not signed in is answered', async () => {
  const closed = told.operations.filter((one) => !one.forAnybody && one.key !== 'POST /api/v1/session');
  for (const operation of closed) {
    const answer = await nobody.ask(operation.method, address(operation), operation.example);
    isProblem(answer, operation.key);
    assert.equal(answer.status, 401, operation.key);
  }
  assert.ok(closed.length > 60);
});

test('whoever has another role is refused', async () => {
  let refused = 0;
  for (const operation of told.operations.filter((one) => one.needs.length > 0)) {
    for (const who of Object.values(askers).filter((one) => !one.may(operation))) {
      const answer = await asked(who, operation, address(operation), operation.example);
      isProblem(answer, operation.key);
      assert.equal(answer.status, 403, operation.key);
      refused++;
    }
  }
  assert.ok(refused > 100, `only ${refused} were asked`);
});

/** One odd request, and what the answer must be whatever was sent. */
async function odd(random, operation, who, here, query) {
  const of = (schema) => told.schema(schema);
  const body = operation.body === undefined ? undefined : nastyBody(random, operation.body, operation.example, of);
  const elsewhere = random() < 0.3 && operation.inPath.length > 0;
  const place = elsewhere ? { id: nastySegment(random), name: nastySegment(random) } : here;
  const path = address(operation, { ...place, query: query ?? nastyQuery(random, operation.inQuery) });
  const answer = await (isOfSessions(operation) ? askedOnce : asked)(who, operation, path, body);
  const what = `${operation.key} ${decodeURIComponent(path.split('?')[1] ?? '').slice(0, 200)} ${body?.slice(0, 400)}`;
  assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text}`);
  if (answer.status >= 400) isProblem(answer, what);
  return answer;
}

const isOfSessions = ({ path }) => path.startsWith('/api/v1/session');

test(`whatever is sent, no operation fails inside (seed ${SEED})`, async () => {
  const random = seeded(SEED);
  let requests = 0;
  for (const operation of told.operations.filter((one) => !isOfSessions(one))) {
    const who = await whoMay(operation);
    const asks = operation.path.startsWith('/api/v1/calls/{id}/') ? live('talks') : () => prepared(operation, who);
    const here = random() < 0.9 && operation.method !== 'DELETE' ? await asks() : {};
    for (let i = 0; i < ODD_REQUESTS; i++, requests++) await odd(random, operation, who, here, TRIED_ONLY[operation.key]);
  }
  assert.ok(requests > 1000, `only ${requests} were sent`);
  assert.deepEqual(bugsIn(cordboard.data), []);
  console.log(`sent: ${requests} odd requests`);
});

test(`whatever is applied as a set-up is applied as a whole or not at all (seed ${SEED})`, async () => {
  const random = seeded(SEED);
  const operation = told.operations.find(({ key: one }) => one === 'PUT /api/v1/setup');
  const who = askers.administrator;
  const setup = async () => (await who.ask('GET', '/api/v1/setup')).json;
  const before = await setup();
  // who may sign in is none of this test's: its own sessions would end
  const { users, ...sections } = before.sections;
  assert.ok(users.length > 0);
  const text = (order) => JSON.stringify({ ...sections, ...order });
  let applied = 0;
  for (let i = 0; i < ODD_REQUESTS; i++) {
    const [section, entries] = Object.entries(sections)[Math.floor(random() * Object.keys(sections).length)];
    const some = nastyBody(random, { type: 'array', items: { type: 'object', additionalProperties: { type: 'string' } } }, undefined, (one) => one);
    const order = random() < 0.5 ? `{${JSON.stringify(section)}:${some}}` : text({ [section]: entries.map((one) => ({ ...one, [random() < 0.5 ? 'label' : 'name']: nastySegment(random) })) });
    const answer = await asked(who, operation, `/api/v1/setup?basedOn=${(await setup()).basedOn}`, order);
    assert.ok(answer.status < 500, `${order.slice(0, 400)}: ${answer.status} ${answer.text}`);
    if (answer.status >= 400) {
      isProblem(answer, order.slice(0, 400));
      continue;
    }
    applied++;
    const back = await asked(who, operation, '/api/v1/setup', text({}));
    assert.equal(back.status, 200, back.text);
  }
  assert.deepEqual((await setup()).sections, before.sections);
  const old = await asked(who, operation, '/api/v1/setup?basedOn=another', text({}));
  assert.equal(old.status, 409, old.text);
  console.log(`applied, and taken back: ${applied} set-ups`);
});

/** Of whoever guesses too fast a wait is asked; that is an answer, and no more is sent meanwhile than what needs none. */
const askedOnce = (who, { method, type }, path, body) => who.ask(method, path, body, body === undefined ? {} : { 'Content-Type': type });

test(`whatever is sent to sign in and out, nothing fails inside and nobody else is signed out (seed ${SEED})`, async () => {
  const random = seeded(SEED);
  const last = (a, b) => (a.key === 'POST /api/v1/session') - (b.key === 'POST /api/v1/session');
  for (const operation of told.operations.filter(isOfSessions).sort(last)) {
    let who = await whoMay(operation);
    let ended = 0;
    for (let i = 0; i < ODD_REQUESTS; i++) {
      const answer = await odd(random, operation, who, {});
      if (who !== nobody && answer.status === 401 && ended++ < 3) who = await whoMay(operation);
    }
  }
  for (const [name, one] of Object.entries(askers).filter(([, { headers }]) => headers.Cookie !== undefined)) {
    assert.equal((await one.ask('GET', '/api/v1/session')).status, 200, `${name} was signed out`);
  }
  assert.deepEqual(bugsIn(cordboard.data), []);
});
