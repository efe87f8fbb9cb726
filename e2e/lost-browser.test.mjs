// An agent's browser is killed in the middle of a talk: what the customer hears, and who goes on with the call.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { Desk, mortalBrowser } from './lib/desk.mjs';
import { Ear } from './lib/ear.mjs';
import { Scene } from './lib/scene.mjs';
import { TRUNK_HOST } from './lib/sip.mjs';
import { database } from './lib/team.mjs';
import { measured, until } from './lib/wait.mjs';

const LINE = '4008001234';
const CUSTOMER = '+8613800138000';
const SOMEBODY_ELSE = '+8615499999999';
/** So soon it is noticed that a browser is gone. */
const NOTICED_MILLIS = 5_000;

let scene;
let cordboard;
let db;
/** agent2, in a browser that lives. */
let second;
/** agent1, in a browser that will not. */
let mortal;
let first;
let ear;

before(async () => {
  scene = await Scene.open('agent2');
  ({ cordboard, desk: second } = scene);
  db = await database(cordboard);
  await db.query('update phone_line set ring_seconds = 90, rejoin_seconds = 12 where did = $1', [LINE]);
  await cordboard.readSettings();
});

after(async () => {
  await mortal?.kill();
  await db?.end();
  await scene?.close();
});

beforeEach(async () => {
  ear = await Ear.at(TRUNK_HOST);
  await comesBack();
});

afterEach(async () => {
  await scene.clear();
  ear?.close();
});

/** agent1 signs in from a browser that was just started. */
async function comesBack() {
  await mortal?.kill();
  mortal = await mortalBrowser();
  first = await Desk.open(mortal, cordboard, 'agent1');
}

/** The customer and agent1 hear each other; nobody else is ready. */
async function talking() {
  await first.takesCalls();
  const caller = await scene.dial({ from: CUSTOMER, to: LINE, ear });
  const callId = await first.answers();
  await ear.hearsAgent();
  return { caller, callId };
}

/** Within the time that is promised it is noticed, and the customer hears music. */
async function isKilledInTheTalk(callId) {
  const began = Date.now();
  await mortal.kill();
  await cordboard.callIs(callId, 'REJOINING');
  const noticed = Date.now() - began;
  measured('browser killed to noticed', noticed);
  assert.ok(noticed <= NOTICED_MILLIS, `noticed after ${noticed} ms`);
  await ear.hearsMusic();
  measured('browser killed to a second and a half of music', Date.now() - began);
}

/** Recordings of a call, one for each of these parts and takes: none lacks a side or a second. */
async function recorded(callId, parts) {
  const rows = await until('every recording is fetched', async () => {
    const { rows } = await db.query('select name, state, alarm, path from recording where call_id = $1 order by name', [callId]);
    return rows.length === parts.length && rows.every(({ state }) => state === 'STORED') && rows;
  });
  assert.deepEqual(rows.map(({ name, alarm }) => [name, alarm]), parts.map((part) => [`r-${callId}-${part}`, null]));
  for (const { name, path } of rows) {
    const { rms } = loudness(readFileSync(join(cordboard.data, 'recordings', path)));
    assert.ok(rms[0] > 0.01 && rms[1] > 0.001, `both sides are heard in ${name}: ${rms}`);
  }
}

test('the customer hears music within five seconds, and the agent is rung again when back', async () => {
  const { caller, callId } = await talking();
  await isKilledInTheTalk(callId);
  await comesBack();
  await first.callIs(callId, 'TALKING');
  await first.talks();
  await ear.hearsAgent();
  assert.equal(await caller.hangUp(), 0, 'the customer was never dropped');
  await first.wrapsUp(callId);
  const ended = await cordboard.callIs(callId, 'ENDED');
  assert.deepEqual([ended.outcome, ended.answeredBy], ['ANSWERED', 'agent1']);
  await recorded(callId, ['1-1', '1-2']);
});

test('the agent does not come back: the call goes on before one that has waited for longer', async () => {
  // somebody else calls first, and waits because the second agent refuses the call
  await second.takesCalls();
  const other = await scene.dial({ from: SOMEBODY_ELSE, to: LINE });
  const otherId = await second.rings();
  const { caller, callId } = await talking();
  await second.declines();
  await cordboard.callIs(otherId, 'WAITING');
  const { rows } = await db.query('select call_id from offer where n = 1 and call_id = any($1) order by at', [[callId, otherId]]);
  assert.deepEqual(rows.map((row) => row.call_id), [otherId, callId], 'by age alone it is the turn of the other');

  await isKilledInTheTalk(callId);
  await cordboard.callIs(callId, 'WAITING');
  await ear.hearsMusic();
  await second.takesCalls();
  assert.equal(await second.rings(), callId);
  assert.equal((await cordboard.get(`/calls/${otherId}`)).phase, 'WAITING');
  await second.press('answer');
  await second.talks();
  await ear.hearsAgent();
  await until('the second agent is recorded', () => second.call(callId).recording === 'RECORDED');
  await ear.hearsAgent();
  assert.equal(await caller.hangUp(), 0, 'the customer was never dropped');
  await second.wrapsUp(callId);

  assert.equal(await second.answers(), otherId);
  assert.equal(await other.hangUp(), 0, 'the other customer was never dropped');
  await second.wrapsUp(otherId);
  await oneInteraction(callId);
  await recorded(callId, ['1-1', '2-1']);
});

/** One record of the customer's call, with one part for each agent. */
async function oneInteraction(callId) {
  const ended = await cordboard.callIs(callId, 'ENDED');
  assert.equal(ended.outcome, 'ANSWERED');
  const { rows: records } = await db.query(
    'select call_id, agent_id from call_record where number = $1 and arrived_at >= (select arrived_at from call_record where call_id = $2)',
    [CUSTOMER, callId],
  );
  assert.deepEqual(records.map((record) => record.call_id), [callId]);
  const { rows: parts } = await db.query(
    `select u.username, s.outcome, s.answered_at > 0 and s.ended_at > s.answered_at and s.wrapped_up_at > 0 as complete
     from segment s join app_user u on u.id = s.agent_id where call_id = $1 order by n`,
    [callId],
  );
  assert.deepEqual(parts, [
    { username: 'agent1', outcome: 'AGENT_LOST', complete: true },
    { username: 'agent2', outcome: 'ENDED', complete: true },
  ]);
}
