// Hostile input by its classes: S1 sessions, S2 rights, S3 injection, S4 the page (more in hostile-text.test.mjs), S7 files,
// S8 the switch, S9 abuse. Whatever is tried: nothing fails inside, nothing of the inside is told, nothing changes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import WebSocket from 'ws';
import { Cordboard } from './lib/cordboard.mjs';
import { Asker, bugsIn } from './lib/interface.mjs';
import { until } from './lib/wait.mjs';

const NOBODYS_ID = '0190a1b2-0000-7000-8000-000000000001';
const INJECTIONS = [
  "'; drop table customer; --", "' or '1'='1", '" or ""="', '%27%20or%201=1', "1); select pg_sleep(5); --", '$(touch /tmp/hacked)', '`id`', '; id', '| id',
  '${jndi:ldap://127.0.0.1/a}', '#{7*7}', '{{7*7}}', '<%= 7*7 %>', '\\u0027; --', '%', '_', '\\',
];
let cordboard;
let nobody;
let agent;
let other;
let supervisor;
let administrator;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  nobody = new Asker(cordboard.local);
  agent = await Asker.signedIn(cordboard, 'agent1', cordboard.password('agent1'));
  other = await Asker.signedIn(cordboard, 'agent2', cordboard.password('agent2'));
  supervisor = await Asker.signedIn(cordboard, 'supervisor1', cordboard.password('supervisor1'));
  administrator = await Asker.hired(cordboard, `boss${process.pid}`, 'ADMINISTRATOR');
});

after(async () => {
  if (cordboard !== undefined) assert.deepEqual(bugsIn(cordboard.data), []);
  await cordboard?.close();
});

const secrets = () => ['local.token', 'postgres.secret'].map((name) => readIfThere(join(cordboard.data, name))).filter((text) => text !== '');

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Holds of every answer to something hostile. */
function harmless(answer, what) {
  assert.ok(answer.status < 500, `${what}: ${answer.status} ${answer.text}`);
  assert.doesNotMatch(answer.text, /\tat |Exception|io\.cordboard|org\.postgresql|root:.*:0:0/, what);
  for (const secret of secrets()) assert.ok(!answer.text.includes(secret), `${what} tells a secret`);
  return answer;
}

async function refused(answer, what, status) {
  harmless(answer, what);
  assert.ok(status === undefined ? answer.status >= 400 : [status].flat().includes(answer.status), `${what}: ${answer.status} ${answer.text}`);
}

let made = (process.pid % 500) * 100;

async function customer(name = `Hostile ${++made}`) {
  const { status, json, text } = await agent.ask('POST', '/api/v1/customers', { name, identities: [{ kind: 'email', value: `hostile${++made}@example.com` }] });
  assert.equal(status, 201, text);
  return json.card;
}

const list = async (who, path) => (await who.ask('GET', path)).json.items;

test('S1: no session but one that was given at a sign-in, and no key but one that was made, opens anything', async () => {
  const planted = 'cordboard-session=planted-by-somebody-else-0000000000000000';
  const attempts = [
    { Cookie: planted }, { Cookie: 'cordboard-session=' }, { Cookie: `${agent.headers.Cookie}x` }, { Cookie: agent.headers.Cookie.slice(0, -1) },
    { Authorization: 'Bearer ' }, { Authorization: 'Bearer null' }, { Authorization: `Bearer ${'a'.repeat(5000)}` }, { Authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.' },
    { Authorization: `Basic ${Buffer.from('agent1:x').toString('base64')}` }, { 'X-Forwarded-User': 'admin' }, { 'X-Original-URL': '/api/v1/users' },
  ];
  for (const headers of attempts) await refused(await nobody.ask('GET', '/api/v1/users', undefined, headers), JSON.stringify(headers).slice(0, 100), 401);
  for (const query of ['access_token', 'token', 'key', 'cordboard-session']) {
    await refused(await nobody.ask('GET', `/api/v1/users?${query}=${encodeURIComponent(cordboard.up.apiKey)}`), `the key as ?${query}`, 401);
  }
  const first = await nobody.ask('POST', '/api/v1/session', { user: 'agent2', password: cordboard.password('agent2') }, { Cookie: planted });
  assert.equal(first.status, 200, first.text);
  assert.notEqual(first.cookie, planted, 'a planted session was taken over');
  const stranger = { ...agent.headers, 'X-CSRF-Token': other.headers['X-CSRF-Token'] };
  await refused(await new Asker(cordboard.local, stranger).ask('POST', '/api/v1/customers', { name: 'x' }), 'the token of another session', 403);
  await refused(await agent.ask('POST', '/api/v1/customers', { name: 'x' }, { Origin: 'https://evil.example' }), 'another origin', 403);
});

test('S2: what is somebody else’s stays so, whatever id is named and whatever is put into a body', async () => {
  const people = await list(administrator, '/api/v1/users');
  const victim = people.find((one) => one.username === 'agent2');
  const traces = async () => (await administrator.ask('POST', '/api/v1/audit/verify')).json.rows;
  const before = await traces();
  const attempts = [
    ['POST', `/api/v1/users/${victim.id}`, { username: 'agent2', name: 'x', role: 'ADMINISTRATOR', grants: [] }],
    ['POST', `/api/v1/users/${victim.id}/password`, undefined], ['POST', `/api/v1/users/${agent.id}`, { username: 'agent1', name: 'x', role: 'ADMINISTRATOR', grants: ['MANAGE_USERS'] }],
    ['POST', `/api/v1/agents/${victim.id}/state`, { state: 'OFFLINE' }], ['POST', `/api/v1/agents/${victim.id}/sign-out`, undefined],
    ['GET', '/api/v1/keys', undefined], ['PUT', '/api/v1/setup', '{}'], ['GET', '/api/v1/setup', undefined], ['DELETE', `/api/v1/trunks/default`, undefined],
  ];
  for (const [method, path, body] of attempts) await refused(await agent.ask(method, path, body), `${method} ${path}`, 403);
  await until('the refusals stand in the audit', async () => (await traces()) >= before + attempts.length);
  const still = (await list(administrator, '/api/v1/users')).find((one) => one.id === victim.id);
  assert.deepEqual({ ...still, name: '' }, { ...victim, name: '' });

  // mass assignment: what a customer is not asked for is not set
  const { json } = await agent.ask('POST', '/api/v1/customers', {
    name: `Mass ${++made}`, id: NOBODYS_ID, verified: true, level: 'PLATINUM', standing: { doNotCall: false }, version: 99, demo: true,
  });
  assert.notEqual(json.card.id, NOBODYS_ID);
  assert.equal(json.verified, false);
  for (const path of ['customers', 'merges', 'imports', 'tasks', 'recordings'].map((place) => `/api/v1/${place}/${NOBODYS_ID}`)) {
    await refused(await agent.ask('GET', path), path);
  }
});

test('S3: what is written is kept as it was written, found as it was written, and run by nobody', async () => {
  const count = async () => (await list(agent, '/api/v1/customers?limit=1')).length;
  for (const text of INJECTIONS) {
    const begun = performance.now();
    const { id } = await customer(`x ${text}`);
    const { json } = await agent.ask('GET', `/api/v1/customers/${id}`);
    assert.equal(json.card.name, `x ${text}`);
    harmless(await agent.ask('GET', `/api/v1/customers?q=${encodeURIComponent(text)}`), `search for ${text}`);
    for (const place of ['cursor', 'limit']) harmless(await agent.ask('GET', `/api/v1/customers?q=a&${place}=${encodeURIComponent(text)}`), `${place}=${text}`);
    harmless(await agent.ask('GET', `/api/v1/tasks?view=${encodeURIComponent(text)}`), `view=${text}`);
    harmless(await administrator.ask('GET', `/api/v1/team/calls?queue=${encodeURIComponent(text)}`), `queue=${text}`);
    harmless(await nobody.ask('POST', '/api/v1/session', { user: text, password: text }), `sign-in as ${text}`);
    assert.ok(performance.now() - begun < 60_000, `${text} kept the server busy`);
  }
  assert.equal(await count(), 1);
  // one line of the log is one JSON object, whoever chose the words in it
  const hostile = await nobody.ask('POST', '/api/v1/session', { user: 'x\r\n{"level":"ERROR"}\u001b[2J', password: 'x' }, { 'User-Agent': '${jndi:ldap://127.0.0.1/a}' });
  harmless(hostile, 'a line break in a user name');
  for (const line of readFileSync(join(cordboard.data, 'log/cordboard.log'), 'utf8').split('\n').filter((one) => one !== '')) JSON.parse(line);
  const split = await agent.ask('GET', `/api/v1/recordings/${encodeURIComponent('x\r\nX-Injected: 1')}`);
  await refused(split, 'a header in an address');
});

/** A socket asked for as a browser's page does, with the cookie of somebody who signed in; 101 when it opened. */
function upgraded(path, origin) {
  const socket = new WebSocket(cordboard.local.replace(/^http/, 'ws') + path, path.endsWith('sip') ? ['sip'] : [], { headers: { Cookie: agent.headers.Cookie }, origin });
  return new Promise((done, failed) => {
    socket.on('error', failed);
    socket.on('open', () => {
      socket.terminate();
      done({ status: 101, text: '' });
    });
    socket.on('unexpected-response', async (request, response) => {
      const text = (await response.toArray()).join('');
      done({ status: response.statusCode, text, json: /json/.test(response.headers['content-type']) ? JSON.parse(text) : undefined });
    });
  });
}

test('S4: the page is framed by nobody, its sockets open for our own pages only, and no type is guessed', async () => {
  for (const path of ['/', '/api/', '/api/v1/session', '/api/openapi.json']) {
    const answer = await fetch(cordboard.local + path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.match(policy, /script-src 'self'(;|$)/, path);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff', path);
    assert.equal(answer.headers.get('access-control-allow-origin'), null, path);
  }
  for (const path of ['/api/v1/desk', '/api/v1/phone/sip']) {
    for (const [what, origin] of [['no origin', undefined], ['another origin', 'https://evil.example'], ['a name like ours', `${cordboard.local}.evil.example`], ['our name by another way', cordboard.local.replace(/^http/, 'https')], ['nowhere', 'null']]) {
      const answer = await upgraded(path, origin);
      await refused(answer, `${path} from ${what}`, 403);
      assert.equal(answer.json?.type, '/problems/origin', `${path} from ${what}: ${answer.text}`);
    }
    assert.equal((await upgraded(path, cordboard.local)).status, 101, `${path} from our own page`);
  }
});

test('S7: a file is read as a table and nothing else, and no name leads out of its folder', async () => {
  const bring = (text, name, type = 'text/csv') => administrator.ask('POST', `/api/v1/imports?kind=customers&name=${encodeURIComponent(name)}`, text, { 'Content-Type': type });
  const forget = async () => {
    for (const { id } of await list(administrator, '/api/v1/imports')) await administrator.ask('DELETE', `/api/v1/imports/${id}`);
  };
  const files = {
    formulas: `name,email\n"=cmd|' /C calc'!A0",=1+1\n+1,@SUM(1)\n-2,\t=3\n`,
    'one long line': `name\n${'x'.repeat(500_000)}\n`,
    'an open quote': `name\n"${'x\n'.repeat(5_000)}`,
    'ten thousand columns': `${'a,'.repeat(10_000)}\n`,
    'no text': Buffer.from([0, 1, 2, 255, 254, 0]).toString('latin1'),
    'an XML bomb': '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><l>&b;</l>',
    nothing: '',
  };
  for (const [what, text] of Object.entries(files)) {
    await forget();
    const brought = harmless(await bring(text, '../../../etc/cron.d/x'), what);
    if (brought.status !== 201) continue;
    assert.doesNotMatch(brought.json.file, /[/\\]/, 'a path was kept as the name');
    harmless(await administrator.ask('GET', `/api/v1/imports/${brought.json.id}/preview`), `${what}, looked at`);
    harmless(await administrator.ask('POST', `/api/v1/imports/${brought.json.id}/check`, { columns: [{ index: 0, target: 'name' }, { index: 1, target: 'email' }] }), `${what}, tried`);
    await until(`${what} was read`, async () => {
      const { json } = await administrator.ask('GET', `/api/v1/imports/${brought.json.id}`);
      return !['CHECKING', 'LOADING'].includes(json.state);
    });
    const wrong = harmless(await administrator.ask('GET', `/api/v1/imports/${brought.json.id}/errors`), `${what}, wrong rows`);
    if (wrong.status === 200) assert.doesNotMatch(wrong.text, /(^|,)"?[=@]/m, `${what}: a spreadsheet would run this`);
  }
  await forget();
  for (const name of ['../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/run.json', '....//run.json', 'x%00.wav', 'C:\\run.json']) {
    const answer = await supervisor.ask('GET', `/api/v1/recordings/${encodeURIComponent(name)}`);
    await refused(answer, `recording ${name}`);
  }
});

test('S8: what is dialled is a number that may be dialled, and nothing that a switch would take for more', async () => {
  const calls = async () => (await list(supervisor, '/api/v1/agents')).filter((one) => one.id === agent.id && /TALKING|OFFERED/.test(one.state)).length;
  const numbers = [
    '+8613800138000\r\nX-Injected: 1', 'PJSIP/2001', 'SIP/trunk/0019005551234', 'Local/s@default', '13800138000&SIP/evil', '13800138000,60,TtSystem(id)', '${SYSTEM(id)}', '13800138000@evil.example',
    'sip:a@b', 'tel:+1;phone-context=evil', '*72', '+'.padEnd(60, '9'), '٠١٢٣', '', ' ', '2001',
    '+19005551234', '+88213300655', '+8823900000000', '0019005551234',
  ];
  for (const number of numbers) {
    await refused(await agent.ask('POST', '/api/v1/outgoing-calls', { number }), `dial ${JSON.stringify(number)}`, [400, 409]);
  }
  const placed = [];
  for (const from of numbers.slice(0, 6)) {
    const answer = harmless(await supervisor.ask('POST', '/api/v1/calls', { from, to: '4008001234', seconds: 1 }), `test call from ${JSON.stringify(from)}`);
    if (answer.status === 201) placed.push(cordboard.callIs(answer.json.callId, 'ENDED'));
  }
  await Promise.all(placed);
  await refused(await supervisor.ask('POST', '/api/v1/calls', { from: '+8613800138000', to: 'PJSIP/trunk/0019005551234', seconds: 1 }), 'a test call to a channel');
  assert.equal(await calls(), 0);
});

test('S9: at the same time, again and without end, each thing is done once or refused', async () => {
  const order = { name: `Once ${++made}` };
  const key = { 'Idempotency-Key': `once-${process.pid}-${Date.now()}` };
  const twenty = await Promise.all(Array.from({ length: 20 }, () => agent.ask('POST', '/api/v1/customers', order, key)));
  const ids = new Set(twenty.filter((one) => one.status === 201).map((one) => one.json.card.id));
  assert.equal(ids.size, 1, 'one key made several customers');
  for (const one of twenty) assert.ok([201, 409, 429].includes(one.status), `${one.status} ${one.text}`);
  await refused(await agent.ask('POST', '/api/v1/customers', { name: 'another' }, key), 'the key of another request', 422);

  const { id, version } = await customer();
  const changes = await Promise.all(['a', 'b', 'c', 'd'].map((name) => agent.ask('PATCH', `/api/v1/customers/${id}`, { version, name: `Race ${name}` })));
  assert.deepEqual(changes.map((one) => one.status).sort(), [200, 409, 409, 409]);

  const [one, two] = [await customer(), await customer()];
  const merges = await Promise.all([agent.ask('POST', `/api/v1/customers/${one.id}/merge`, { into: two.id }), agent.ask('POST', `/api/v1/customers/${two.id}/merge`, { into: one.id })]);
  assert.equal(merges.filter((answer) => answer.status === 201).length, 1, merges.map((answer) => answer.text).join('\n'));
  await refused(await agent.ask('POST', `/api/v1/customers/${one.id}/merge`, { into: one.id }), 'a customer merged with itself');

  for (const limit of ['-1', '0', '1e9', '2147483648', 'all']) await refused(await agent.ask('GET', `/api/v1/customers?limit=${limit}`), `limit=${limit}`, 400);
  const flood = await Promise.all(Array.from({ length: 60 }, () => nobody.ask('POST', '/api/v1/session', { user: `nobody${process.pid}`, password: 'x' })));
  for (const answer of flood) await refused(answer, 'guessing', [401, 429]);
  assert.ok(flood.some((answer) => answer.status === 429), 'nobody was slowed down');
});
