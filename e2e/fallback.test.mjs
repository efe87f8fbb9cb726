// The server is gone under traffic: the switch finds agents by itself, and afterwards every call is accounted for.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Cordboard, TRUNK } from './lib/cordboard.mjs';
import { callers, phones, tone } from './lib/sipp.mjs';
import { LOAD, TeamDesk, database, hire } from './lib/team.mjs';
import { pause, until } from './lib/wait.mjs';

const LONG = process.env.NIGHTLY === 'yes';
/** How long the dialplan and the watch wait for a server, and how long there is none. */
const FALLBACK_SECONDS = LONG ? 30 : 6;
const DOWN_SECONDS = LONG ? 120 : 30;
const CALLS = LONG ? 160 : 50;
// from the moment when the switch answers: notice, music and talk
const TALK_MILLIS = 15_000;

let cordboard;
let db;
let rung;
let desks = [];
let sound;
let team;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  await cordboard.startAsterisk('--provider', TRUNK, '--sip-agents', '7', '--fallback-after', `${FALLBACK_SECONDS}`);
  db = await database(cordboard);
  sound = tone(cordboard);
  const devices = cordboard.pbx.agents.filter(({ kind }) => kind === 'sip');
  team = await hire(cordboard, db, devices.map(({ extension }) => extension));
  // the last one's phone is never there
  rung = await phones(cordboard, devices.slice(0, -1), { port: 15_350, media: 47_000, sound });
  for (const agent of team) desks.push(await TeamDesk.open(cordboard, agent));
  await until('the switch knows what to do without the server', () => {
    const file = join(cordboard.data, 'pbx/etc.d/extensions-cordboard.conf');
    return existsSync(file) && readFileSync(file, 'utf8').includes(LOAD.plain) && cordboard.console('queue', 'show', 'cb-load').includes('Not in use');
  }, 60_000);
});

after(async () => {
  desks.forEach((desk) => desk.close());
  await rung?.stop();
  await db?.end();
  await cordboard?.close();
});

test('under traffic the server is gone for a while: N calls placed are N records, each with its outcome', async (t) => {
  const served = numbersOf(300, CALLS);
  const unserved = numbersOf(301, 12);
  const run = callers(cordboard, { numbers: served, to: LOAD.recorded, perSecond: 1, millis: TALK_MILLIS, port: 15_150, media: 31_000, sound });
  const nobody = callers(cordboard, { numbers: unserved, to: LOAD.lastAgent, perSecond: 0.3, millis: 60_000, port: 15_160, media: 33_000, sound });
  await pause(8_000);
  await until('somebody waits with the server', waitWithTheServer);
  const downAt = Date.now();
  cordboard.kill();
  await pause(DOWN_SECONDS * 1000);
  cordboard.restart();
  const downSeconds = Math.round((Date.now() - downAt) / 1000);
  desks.forEach((desk) => desk.close());
  desks = [];
  for (const agent of team) desks.push(await TeamDesk.open(cordboard, agent));
  const statuses = await Promise.all([run.ended, nobody.ended]);
  const numbers = [...served, ...unserved];
  await records(numbers);
  // calls that were the server's before are completed from the switch's records
  await pause(8_000);
  const rows = await records(numbers);
  const table = tally(rows, ({ fallback, controlled, outcome }) => `${fallback ? (controlled ? 'moved' : 'fallback') : 'server'} ${outcome}`);
  t.diagnostic(JSON.stringify({ calls: numbers.length, downSeconds, ...table }));
  assert.deepEqual(statuses, [0, 0], `${run.complaints()}\n${nobody.complaints()}`);
  assert.deepEqual(rows.map(({ number }) => number).sort(), [...numbers].sort(), 'one record for each call, none twice');

  const alone = rows.filter(({ fallback }) => fallback);
  const answered = alone.filter(({ outcome }) => outcome === 'ANSWERED');
  assert.ok(answered.length >= 10, `the switch had calls answered by itself: ${JSON.stringify(table)}`);
  for (const row of answered) {
    assert.ok(row.answered_at > row.arrived_at && row.ended_at > row.answered_at, JSON.stringify(row));
    assert.ok(row.agent_id !== null, `who answered is known: ${JSON.stringify(row)}`);
    assert.equal(row.line, LOAD.recorded);
  }
  // who waited with the server when it died: taken by the switch, and what came of it is known too
  const moved = alone.filter(({ controlled }) => controlled);
  assert.ok(moved.length > 0 && moved.length <= redirects().size, `${moved.length} of ${redirects().size} that were moved are told: ${JSON.stringify(table)}`);
  for (const row of moved) {
    assert.ok(['ANSWERED', 'ABANDONED', 'MISSED'].includes(row.outcome), JSON.stringify(row));
    assert.equal(row.agent_id !== null, row.outcome === 'ANSWERED', JSON.stringify(row));
    assert.ok(row.ended_at > row.arrived_at && row.arrived_at < downAt * 1000, JSON.stringify(row));
  }
  const lost = alone.filter(({ outcome }) => outcome === 'MISSED');
  assert.ok(lost.length > 0, `nobody was there for the last agent's line: ${JSON.stringify(table)}`);
  const { rows: owed } = await db.query("select number from task where number = any($1)", [lost.map(({ number }) => number)]);
  assert.deepEqual(owed.map(({ number }) => number).sort(), lost.map(({ number }) => number).sort(), 'a call-back is owed to each');
});

test('what was recorded without the server is fetched like any other recording', async () => {
  const { rows: [{ count: answered }] } = await db.query("select count(*)::int from call_record where fallback and not controlled and outcome = 'ANSWERED'");
  // who was taken out of a server that is gone is not recorded: whether they refused, only it knew
  const moved = redirects().size;
  const rows = await until('the recordings of the fallback are fetched', async () => {
    const { rows } = await db.query("select r.*, c.outcome, c.fallback from recording r join call_record c using (call_id) where r.name like 'fallback-%'");
    return rows.length > 0 && rows.length >= answered - moved && rows.every(({ state }) => state === 'STORED') && rows;
  }, 90_000);
  assert.ok(rows.every(({ outcome, fallback }) => outcome === 'ANSWERED' && fallback), 'of calls that were answered');
  assert.equal(new Set(rows.map(({ call_id: call }) => call)).size, rows.length, 'one for each of them');
  assert.deepEqual(rows.filter(({ alarm }) => alarm?.includes('silent')), []);
});

test('the health page tells how many came, and a second kill doubles none of them', async () => {
  const before = await count();
  const { lines } = await cordboard.get('/health');
  assert.match(lines.find(({ name }) => name === 'fallback').detail, /^\d+ calls came in while this server was down; they are imported\.$/);
  cordboard.kill();
  cordboard.restart();
  await cordboard.switchIs('CONNECTED');
  await pause(8_000);
  assert.equal(await count(), before);
});

/** Whether a caller is in the server's hands and in nobody's bridge. */
function waitWithTheServer() {
  return cordboard.console('core', 'show', 'channels', 'concise').split('\n').some((line) => {
    const fields = line.split('!');
    return fields[5] === 'Stasis' && fields[6].startsWith('cordboard,inbound') && fields.at(-2) === '';
  });
}

/** Channels that the switch's watch has taken out of a server that was gone. */
function redirects() {
  const log = readFileSync(join(cordboard.data, 'pbx/log/keep.log'), 'utf8');
  return new Set([...log.matchAll(/channel redirect (\S+)/g)].map(([, channel]) => channel));
}

async function count() {
  const { rows } = await db.query('select count(*) from call_record');
  return rows[0].count;
}

/** The records when every call has one that is over. */
async function records(numbers) {
  let last = [];
  return until('every call has its record', async () => {
    ({ rows: last } = await db.query('select * from call_record where number = any($1)', [numbers]));
    return last.length >= numbers.length && last.every(({ ended_at, outcome }) => Number(ended_at) > 0 && outcome !== '') && last;
  }, 90_000).catch((error) => {
    const missing = numbers.filter((number) => !last.some((row) => row.number === number));
    throw new Error(`${error.message}: ${last.length} of ${numbers.length}; none of ${missing.join(' ')}`);
  });
}

/** Numbers of nobody, one for each call. */
function numbersOf(block, many) {
  return Array.from({ length: many }, (_, n) => `+86138${block}${String(n).padStart(5, '0')}`);
}

function tally(rows, key) {
  return rows.reduce((sums, row) => ({ ...sums, [key(row)]: (sums[key(row)] ?? 0) + 1 }), {});
}
