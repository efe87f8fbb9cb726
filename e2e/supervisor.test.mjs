// A supervisor's page beside an agent's desk: sees the team, leads it, hears what was recorded. Real Asterisk, customers at the trunk.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { loudness } from './lib/audio.mjs';
import { signIn } from './lib/desk.mjs';
import { Ear } from './lib/ear.mjs';
import { Asker } from './lib/interface.mjs';
import { Scene } from './lib/scene.mjs';
import { TRUNK_HOST } from './lib/sip.mjs';
import { database } from './lib/team.mjs';
import { spread, until } from './lib/wait.mjs';

const FROM = '+8613800138000';
const LINE = '4008001234';
/** How often the agent changes state for the measured way to the board. */
const CHANGES = 3;

let scene;
let cordboard;
let db;
let agent;
let board;
let row;
let name;
let ear;
let caller;
/** The call that the stories tell of one after another. */
let call;

before(async () => {
  scene = await Scene.open('agent1');
  ({ cordboard, desk: agent } = scene);
  db = await database(cordboard);
  name = (await cordboard.get('/users')).items.find(({ username }) => username === 'agent1').name;
  board = await (await scene.chromium.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 860 } })).newPage();
  board.setDefaultTimeout(60_000);
  await signIn(board, cordboard, 'supervisor1');
  await board.locator('.page-links a', { hasText: 'Team' }).click();
  row = board.locator('.team-list > li', { has: board.locator('strong', { hasText: name }) });
  await row.waitFor();
  await row.getByText('Change…').click();
});

after(async () => {
  ear?.close();
  await db?.end();
  await scene?.close();
});

/** When the board shows this state of the agent, by the machine's clock. */
async function shown(state) {
  const at = await board.waitForFunction(
    ([name, state]) => {
      const line = [...document.querySelectorAll('.team-name')].find((one) => one.querySelector('strong')?.textContent === name);
      return line?.querySelector('.team-state')?.textContent.includes(state) && performance.timeOrigin + performance.now();
    },
    [name, state],
  );
  return at.jsonValue();
}

/** For how long the agent has been so, as the board says. */
async function seconds() {
  const [minutes, rest] = (await row.locator('.team-time').innerText()).split(':').map(Number);
  return minutes * 60 + rest;
}

/** The supervisor orders this of the agent. */
const orders = (button) => row.locator('button', { hasText: new RegExp(`^${button}`) }).click();
/** The box is so when the board has been told of it. */
async function serves(queue, on) {
  const box = row.getByRole('checkbox', { name: queue });
  await box.click();
  await until(`${queue} is ${on ? '' : 'not '}served`, async () => (await box.isChecked()) === on);
}

const waiting = () => board.locator('.team-line');

/** A customer calls and waits; the call's id. */
async function calls() {
  ear = await Ear.at(TRUNK_HOST);
  caller = await scene.dial({ from: FROM, to: LINE, ear });
  return until('the board shows who waits', async () => {
    const { waiting: calls } = await cordboard.get('/team');
    return calls[0]?.callId;
  });
}

test('a change of state is on the board by itself, with the time since when', async () => {
  await agent.takesCalls();
  await shown('Ready');
  const before = await until('the time goes on', async () => (await seconds()) >= 3 && seconds());
  const asked = [];
  board.on('request', (request) => asked.push(request.url()));
  const millis = [];
  for (let n = 0; n < CHANGES; n++) {
    await agent.key('b');
    await agent.page.locator('.ant-popover .choices').waitFor();
    millis.push(await changes('1', 'Not ready'));
    if (n === 0) await until('the time begins anew', async () => (await seconds()) < before);
    millis.push(await changes('r', 'Ready'));
  }
  spread('an agent’s key to the supervisor’s board', millis);
  assert.deepEqual(asked, [], 'nothing was asked for, and the page was not loaded anew');
});

async function changes(key, state) {
  const pressed = Date.now();
  await agent.page.keyboard.press(key);
  return (await shown(state)) - pressed;
}

test('a waiting call is moved to a queue, the agent set to work and given that queue: it rings there', async () => {
  await serves('Sales', false);
  await orders('Not ready');
  await agent.stateIs('NOT_READY');
  call = await calls();
  await waiting().waitFor();
  await waiting().getByText(/0:0\d/).waitFor();
  assert.ok(!(await waiting().innerText()).includes(FROM), 'a number in part');
  await waiting().getByRole('combobox').selectOption('sales');
  await until('it waits there', async () => (await cordboard.get('/team')).waiting[0]?.queue === 'sales');
  await orders('Ready');
  await agent.stateIs('READY');
  await shown('Ready');
  assert.equal((await cordboard.get(`/calls/${call}`)).phase, 'WAITING', 'who does not serve the queue is offered nothing');
  await serves('Sales', true);
  assert.equal(await agent.answers(), call);
  await ear.hearsAgent();
  await shown('Talking');
  await waiting().waitFor({ state: 'detached' });
});

test('an agent who is stuck is freed: the customer hears music and goes first, then is served, and the agent is signed out', async () => {
  await until('it is recorded', () => agent.call(call).recording === 'RECORDED');
  await ear.hearsAgent();
  await orders('Free from the call');
  await agent.stateIs('NOT_READY');
  await row.getByText('freed by a supervisor').waitFor();
  await waiting().getByText('goes first').waitFor();
  await ear.hearsMusic();
  await orders('Ready');
  assert.equal(await agent.answers(), call);
  await ear.hearsAgent();
  assert.equal(await caller.hangUp(), 0, caller.messages());
  await agent.wrapsUp(call);
  await agent.stateIs('READY');
  await orders('Offline');
  await agent.stateIs('OFFLINE');
  await shown('Offline');
});

test('what was recorded is heard from the board by a supervisor, and by no agent who did not talk there', async () => {
  await row.getByText('Calls of today').click();
  await row.locator('ol a').first().click();
  await board.getByRole('heading', { name: 'A call' }).waitFor();
  await board.getByText(call).waitFor();
  const player = board.locator('.player').first();
  await until('the recording is there', async () => {
    if ((await player.count()) > 0) return true;
    await board.reload();
    await board.locator('.past-parts li').first().waitFor();
    return false;
  });
  await player.locator('.player-play').click();
  await until('it plays', () => board.evaluate(() => document.querySelector('.player audio').currentTime > 0.5));
  const { recordings } = await cordboard.get(`/calls/${call}/record`);
  const path = `/api/v1/recordings/${recordings[0].name}`;
  const supervisor = await Asker.signedIn(cordboard, 'supervisor1', cordboard.password('supervisor1'));
  const answer = await fetch(cordboard.local + path, { headers: supervisor.headers });
  const { rms } = loudness(Buffer.from(await answer.arrayBuffer()));
  assert.ok(rms[0] > 0.01 && rms[1] > 0.001, `both are heard: ${rms}`);
  const other = await Asker.signedIn(cordboard, 'agent2', cordboard.password('agent2'));
  assert.equal((await other.ask('GET', path)).status, 403);
  await audited(supervisor.id, other.id, recordings[0].name);
});

/** Each order stands in the audit once, as do who heard the recording and who might not; and the trail is whole. */
async function audited(supervisor, other, recording) {
  // a refusal is written a moment after it was told
  const rows = await until('what was refused is written down', async () => {
    const { rows } = await db.query(
      `select who, what, outcome, subject from audit_entry
       where what in ('agent-state-set', 'agent-queues-set', 'call-moved', 'agent-released', 'recording-played') order by at`,
    );
    return rows.some(({ who }) => who.endsWith(other)) && rows;
  });
  const of = (who, pick) => rows.filter((row) => row.who.endsWith(who) && pick(row));
  const orders = of(supervisor, ({ what }) => what !== 'recording-played');
  assert.deepEqual(orders.map(({ what }) => what), [
    'agent-queues-set', 'agent-state-set', 'call-moved', 'agent-state-set', 'agent-queues-set', 'agent-released', 'agent-state-set', 'agent-state-set',
  ]);
  assert.equal(new Set(orders.filter(({ what }) => what !== 'call-moved').map(({ subject }) => subject)).size, 1, 'all of them of one agent');
  assert.equal(orders.find(({ what }) => what === 'call-moved').subject, `call:${call}`);
  const played = (who) => of(who, ({ what, subject }) => what === 'recording-played' && subject === `recording:${recording}`).map(({ outcome }) => outcome);
  assert.deepEqual([...new Set(played(supervisor))], ['DONE']);
  assert.deepEqual(played(other), ['REFUSED']);
  assert.equal((await cordboard.request('POST', '/audit/verify', {})).ok, true);
}
