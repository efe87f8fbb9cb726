// Many real calls at once: SIPp's customers and phones, the real Asterisk, the server, desks on their sockets.
// NIGHTLY=yes takes the full figures; otherwise the same with fewer calls, of which nothing may be missing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { loudness, soundMillis } from './lib/audio.mjs';
import { Cordboard, TRUNK } from './lib/cordboard.mjs';
import { cpu, cpuOfFamily, load, parentOf } from './lib/processes.mjs';
import { callers, phones, tone } from './lib/sipp.mjs';
import { LOAD, TeamDesk, database, hire } from './lib/team.mjs';
import { until } from './lib/wait.mjs';

const NIGHTLY = process.env.NIGHTLY === 'yes';
const LONG = NIGHTLY ? { perSecond: 5, seconds: 300, millis: 40_000 } : { perSecond: 2, seconds: 20, millis: 8_000 };
const SHORT = NIGHTLY ? { perSecond: 20, seconds: 60, millis: 2_000 } : { perSecond: 10, seconds: 10, millis: 1_000 };
/** The last one holds every call by the phone's own key and serves a line of their own. */
const AGENTS = NIGHTLY ? 241 : 37;
/** SIPp, Asterisk and the server hear of a talk's ends one after the other: so far they may differ about its length. */
const SLACK_MILLIS = NIGHTLY ? 3_000 : 1_000;
/** A recording that lacks more than this of either side is no good. */
const MISSING_MILLIS = 1_000;
/** Everything that was begun is finished so soon after the last call. */
const PATIENCE = 120_000;

let cordboard;
let db;
let rung = [];
let desks = [];
let sound;

before(async () => {
  cordboard = await Cordboard.start({ asterisk: false });
  await cordboard.startAsterisk('--provider', TRUNK, '--sip-agents', `${AGENTS}`);
  db = await database(cordboard);
  postmaster = parentOf((await db.query('select pg_backend_pid() as pid')).rows[0].pid);
  sound = tone(cordboard);
  const devices = cordboard.pbx.agents.filter(({ kind }) => kind === 'sip');
  const team = await hire(cordboard, db, devices.map(({ extension }) => extension));
  rung = [
    await phones(cordboard, devices.slice(0, -1), { port: 15_300, media: 41_000, sound }),
    await phones(cordboard, devices.slice(-1), { port: 15_310, media: 45_000, talk: 'phone-holds' }),
  ];
  for (const agent of team) desks.push(await TeamDesk.open(cordboard, agent));
  await everybodyIs('READY', 'IDLE');
});

after(async () => {
  desks.forEach((desk) => desk.close());
  for (const phone of rung) await phone.stop();
  await db?.end();
  await cordboard?.close();
});

test('every long call has one complete record and both sides of it recorded', async (t) => {
  const numbers = numbersOf(100, LONG);
  const run = await call(t, { ...LONG, numbers, to: LOAD.recorded, port: 15_100, media: 30_000 });
  const records = await completeRecords(numbers);
  assert.deepEqual(tally(records, 'outcome'), { ANSWERED: numbers.length });
  talkedAsLong(records, run, LONG.millis);
  await bothSidesRecorded(records);
  await nothingIsLeft();
});

test('every short call has one complete record, and no agent is stuck', async (t) => {
  const numbers = numbersOf(200, SHORT);
  const run = await call(t, { ...SHORT, numbers, to: LOAD.plain, port: 15_110, media: 34_000 });
  const records = await completeRecords(numbers);
  assert.deepEqual(tally(records, 'outcome'), { ANSWERED: numbers.length });
  talkedAsLong(records, run, SHORT.millis);
  await nothingIsLeft();
});

test('a session is refreshed, the caller speaks nothing but PCMA, and the call goes on', async () => {
  const refresher = NIGHTLY ? 'uas' : 'uac';
  const number = '+8613930000001';
  const run = callers(cordboard, {
    numbers: [number], to: LOAD.recorded, port: 15_120, media: 38_000, sound, millis: NIGHTLY ? 15_000 : 2_000,
    talk: [NIGHTLY ? 'switch-refreshes' : 'caller-refreshes'],
    headers: ['Supported: timer', `Session-Expires: 90;refresher=${refresher}`, 'Min-SE: 90'],
  });
  assert.equal(await run.ended, 0, run.complaints());
  const records = await completeRecords([number]);
  assert.equal(records[0].outcome, 'ANSWERED');
  talkedAsLong(records, run, NIGHTLY ? 225_000 : 4_000);
  await bothSidesRecorded(records);
  await nothingIsLeft();
});

test("hold by the agent's phone: the desk shows it, the customer hears music, the call goes on", async () => {
  const number = '+8613930000002';
  const silence = tone(cordboard, 0);
  const run = callers(cordboard, { numbers: [number], to: LOAD.lastAgent, port: 15_130, media: 38_100, sound: silence, millis: 12_000 });
  assert.equal(await run.ended, 0, `${run.complaints()}\nphone: ${rung[1].complaints()}`);
  assert.equal(rung[1].figures().bad, 0, rung[1].complaints());
  const records = await completeRecords([number]);
  assert.equal(records[0].outcome, 'ANSWERED');
  const shown = desks.at(-1).told.filter(({ callId }) => callId === records[0].call_id).map(({ phase }) => phase);
  const changes = shown.filter((phase, n) => phase !== shown[n - 1]);
  assert.deepEqual(changes.slice(0, 5), ['RINGING', 'TALKING', 'HELD', 'TALKING', 'WRAP_UP']);
  const [recording] = await stored(records);
  const [says, hears] = loudnessOf(recording.path);
  assert.ok(says < 0.001, `the customer is silent, and so is the phone: ${says}`);
  assert.ok(hears > 0.003, `what the customer hears is music: ${hears}`);
  await nothingIsLeft();
});

for (const [how, talk] of [['RFC 4733', 'presses-9'], ['SIP INFO', 'informs-9']]) {
  test(`key 9 by ${how} while it is announced: the call is not recorded`, async () => {
    const number = talk === 'presses-9' ? '+8613930000003' : '+8613930000004';
    const run = callers(cordboard, { numbers: [number], to: LOAD.refusable, port: 15_140, media: 38_200, millis: 8_000, talk: [talk] });
    assert.equal(await run.ended, 0, run.complaints());
    const [record] = await completeRecords([number]);
    assert.equal(record.outcome, 'ANSWERED');
    assert.equal(record.recordings, '0');
    const views = desks.flatMap((desk) => desk.told).filter(({ callId }) => callId === record.call_id);
    assert.deepEqual([...new Set(views.map(({ recording }) => recording))], ['NOT_RECORDED']);
    await nothingIsLeft();
  });
}

/** Numbers of nobody, one for each call. */
function numbersOf(block, { perSecond, seconds }) {
  return Array.from({ length: perSecond * seconds }, (_, n) => `+86139${block}${String(n).padStart(5, '0')}`);
}

/** Has these calls placed, and says what they took. */
async function call(t, { numbers, to, perSecond, millis, port, media }) {
  const before = spent();
  const run = callers(cordboard, { numbers, to, perSecond, millis, port, media, sound });
  const peak = await watched(run);
  const status = await run.ended;
  const figures = run.figures();
  const after = spent();
  const each = (name) => Math.round(((after[name] - before[name]) * 1000) / numbers.length);
  const result = {
    ...figures, atOnce: peak.calls, loadAverage: load(),
    serverMicrosPerCall: each('server'), postgresMicrosPerCall: each('postgres'), asteriskMicrosPerCall: each('asterisk'),
    serverMegabytes: peak.megabytes,
  };
  t.diagnostic(JSON.stringify(result));
  assert.equal(status, 0, `${JSON.stringify(result)}\n${run.complaints()}\nphones: ${rung[0].complaints()}`);
  assert.equal(figures.placed, numbers.length);
  return run;
}

/** Until it has ended: the most calls at once, and the most memory. */
async function watched(run) {
  let running = true;
  run.ended.then(() => (running = false));
  const peak = { calls: 0, megabytes: 0 };
  await until('the calls are over', async () => {
    const text = await (await fetch(`${cordboard.local}/metrics`)).text();
    const live = Number(/^cordboard_calls_live(?:\{.*\})? (\S+)/m.exec(text)?.[1]);
    peak.calls = Math.max(peak.calls, live);
    const status = readFileSync(`/proc/${cordboard.up.pid}/status`, 'utf8');
    peak.megabytes = Math.max(peak.megabytes, Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024));
    await new Promise((done) => setTimeout(done, 500));
    return !running;
  }, 900_000);
  return peak;
}

let postmaster;

function spent() {
  return { server: cpu(cordboard.up.pid), postgres: cpuOfFamily(postmaster), asterisk: cpu(cordboard.asteriskPid()) };
}

/** The records of these callers when all have ended: exactly one for each. */
async function completeRecords(numbers) {
  const records = await until('every call has ended and has its record', async () => {
    const { rows } = await db.query(
      `select r.*, (select count(*) from segment s where s.call_id = r.call_id and s.answered_at > 0 and s.wrapped_up_at > 0)
         as parts, (select count(*) from recording a where a.call_id = r.call_id) as recordings
       from call_record r where number = any($1)`,
      [numbers],
    );
    const done = rows.filter((row) => row.ended_at > 0 && row.parts > 0);
    return done.length >= numbers.length && rows;
  }, PATIENCE).catch(async (error) => {
    const { rows } = await db.query('select outcome, ended_at > 0 as ended, count(*) from call_record where number = any($1) group by 1, 2', [numbers]);
    throw new Error(`${error.message}; of ${numbers.length}: ${JSON.stringify(rows)}`);
  });
  assert.deepEqual(records.map(({ number }) => number).sort(), numbers, 'one record for each call, none twice');
  for (const record of records) {
    assert.ok(record.answered_at >= record.arrived_at && record.ended_at >= record.answered_at, JSON.stringify(record));
    assert.equal(record.disposition, 'solved', JSON.stringify(record));
    assert.equal(record.approximate_from, '0', JSON.stringify(record));
    assert.equal(record.parts, '1', JSON.stringify(record));
    assert.ok(record.sip_call_id, JSON.stringify(record));
  }
  return records;
}

/** Each talk is as long as the caller and the agent's phone say, who have clocks of their own. */
function talkedAsLong(records, run, atLeastMillis) {
  const callers = run.talks();
  const phones = new Map(rung.flatMap((phone) => [...phone.talks()]));
  const wrong = records.flatMap(({ number, arrived_at, answered_at, ended_at, announced_at, talk_millis }) => {
    const [caller, phone] = [callers.get(number), phones.get(number)];
    // who hears an announcement is answered when they arrive, others when an agent answers
    const called = (ended_at - (announced_at > 0 ? arrived_at : answered_at)) / 1000;
    const right = near(talk_millis, phone) && near(called, caller) && caller >= atLeastMillis;
    return right ? [] : [{ number, talk: talk_millis, phone, called, caller }];
  });
  assert.deepEqual(wrong, []);
}

// false for what was never told, too
const near = (one, other) => Math.abs(one - other) <= SLACK_MILLIS;

/** Every call has one recording, and it has the whole talk: what the customer says, and what the customer hears. */
async function bothSidesRecorded(records) {
  const rows = await stored(records);
  assert.equal(rows.length, records.length);
  assert.deepEqual(rows.filter(({ path, alarm }) => alarm?.includes('silent') || !loud(path)), [], 'both tracks are loud');
  const talks = new Map(records.map(({ call_id, talk_millis }) => [call_id, talk_millis]));
  const lacking = rows.flatMap(({ name, call_id, path, alarm }) => {
    const missing = soundMillis(bytesOf(path), 0.01).map((millis) => talks.get(call_id) - millis);
    return alarm !== null || missing.some((millis) => millis > MISSING_MILLIS) ? [{ name, alarm, missing }] : [];
  });
  if (!NIGHTLY) assert.deepEqual(lacking, []);
  // at full size packets are missing that a busy machine did not send in time
  else console.log(`${lacking.length} of ${rows.length} recordings lack more than a second of a side`);
}

async function stored(records) {
  const calls = records.map((record) => record.call_id);
  const rows = await until('every recording was fetched', async () => {
    const { rows } = await db.query('select * from recording where call_id = any($1)', [calls]);
    return rows.length >= calls.length && rows.every(({ state }) => !['WRITING', 'ON_SWITCH', 'PARTIAL'].includes(state)) && rows;
  }, PATIENCE);
  assert.deepEqual(tally(rows, 'state'), { STORED: rows.length });
  return rows;
}

const bytesOf = (path) => readFileSync(join(cordboard.data, 'recordings', path));

const loudnessOf = (path) => loudness(bytesOf(path)).rms;

const loud = (path) => loudnessOf(path).every((rms) => rms > 0.01);

/** No channel or bridge on Asterisk, no agent who is not ready, nothing that waits. */
async function nothingIsLeft() {
  await everybodyIs('READY');
  await until('Asterisk has no channel', () => /^0 active channels/m.test(cordboard.console('core', 'show', 'channels', 'count')));
  const bridges = cordboard.console('bridge', 'show', 'all').trim().split('\n').slice(1);
  assert.deepEqual(bridges, [], 'no bridge is left');
  assert.deepEqual(desks.flatMap((desk) => desk.troubles), []);
  const { rows } = await db.query('select * from offer where holds');
  assert.deepEqual(rows, [], 'no capacity is taken');
  const text = await (await fetch(`${cordboard.local}/metrics`)).text();
  assert.match(text, /^cordboard_ledger_bugs_total(\{.*\})? 0(\.0)?$/m);
}

async function everybodyIs(state, phone) {
  await until(`everybody is ${state}`, async () => {
    const { items } = await cordboard.get('/agents');
    const team = items.filter(({ user }) => user.startsWith('load-'));
    return team.length === AGENTS && team.every((one) => one.state === state && (!phone || one.phoneState === phone));
  }).catch(async (error) => {
    const { items } = await cordboard.get('/agents');
    throw new Error(`${error.message}: ${JSON.stringify(tally(items, 'state'))} ${JSON.stringify(tally(items, 'phoneState'))}`);
  });
}

function tally(rows, column) {
  return rows.reduce((sums, row) => ({ ...sums, [row[column]]: (sums[row[column]] ?? 0) + 1 }), {});
}
