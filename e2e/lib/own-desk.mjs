// Agents at demo phones whose desks are open and who do everything by requests: what brings a call into the state that an operation needs.
import assert from 'node:assert/strict';
import WebSocket from 'ws';
import { until } from './wait.mjs';

export const PLAIN = '+861085551234';
export const RECORDED = '4008001234';
const CALLER = '+8613800138000';

/** One agent. */
export class OwnDesk {
  static async open(cordboard, asker) {
    const desk = new OwnDesk(asker);
    desk.socket = new WebSocket(`${cordboard.local.replace(/^http/, 'ws')}/api/v1/desk`, { headers: { Cookie: asker.headers.Cookie, Origin: cordboard.local } });
    await new Promise((done, failed) => {
      desk.socket.once('message', done);
      desk.socket.once('error', failed);
    });
    return desk;
  }

  constructor(asker) {
    this.asker = asker;
    this.id = asker.id;
  }

  close() {
    this.socket.close();
  }

  async #get(path) {
    const { status, json, text } = await this.asker.ask('GET', `/api/v1/me/${path}`);
    assert.equal(status, 200, text);
    return json;
  }

  calls = async () => (await this.#get('calls')).items;

  state = async () => (await this.#get('state')).state;

  /** What may be too late, because the call went on meanwhile, is tried again by whoever waits. */
  tries = (callId, what, body) => this.asker.ask('POST', `/api/v1/calls/${callId}/${what}`, body);

  async does(callId, what, body) {
    const { status, text } = await this.tries(callId, what, body);
    assert.equal(status, 204, `${what}: ${status} ${text}`);
  }

  /** No call holds this agent any more. */
  async free() {
    await until(`${this.id} is free`, async () => {
      const held = (await this.calls()).filter((one) => one.phase !== 'DONE');
      for (const one of held) await this.#letGo(one);
      return held.length === 0 && !/OFFERED|TALKING|WRAP_UP/.test(await this.state());
    });
  }

  /** A call that rings is taken and ended: refused, it would wait and ring again. */
  async #letGo({ callId, phase, outgoing, consultation }) {
    if (phase === 'WRAP_UP') return this.tries(callId, 'finish-wrap-up', { disposition: 'solved' });
    if (phase === 'RINGING' && outgoing === null) return this.tries(callId, 'answer');
    if (consultation !== null) await this.tries(callId, 'cancel-consultation');
    return this.tries(callId, 'hang-up');
  }

  /** Ready, and nothing waits that would ring at once. */
  async ready() {
    await until('ready', async () => {
      await this.free();
      await this.#be({ state: 'READY' });
      return (await this.state()) === 'READY';
    });
  }

  /** This call rings here; what waited longer is taken first, and ended. */
  async getsRung(callId) {
    await until(`${callId} rings`, async () => {
      const held = (await this.calls()).filter((one) => one.phase !== 'DONE');
      if (held.some((one) => one.callId === callId && one.phase === 'RINGING')) return true;
      for (const one of held) await this.#letGo(one);
      if ((await this.state()) === 'NOT_READY') await this.#be({ state: 'READY' });
      return false;
    });
  }

  async rests() {
    await this.free();
    await this.#be({ state: 'NOT_READY', reason: 'lunch' });
  }

  async leaves() {
    await this.free();
    await this.#be({ state: 'OFFLINE' });
  }

  async #be(order) {
    const { status, text } = await this.asker.ask('POST', '/api/v1/me/state', order);
    assert.equal(status, 204, text);
  }

  /** A call on this desk that is as wished. */
  call = (what, wished) => until(what, async () => (await this.calls()).find(wished));

  callIs = (callId, phase) => this.call(`${callId} is ${phase}`, (one) => one.callId === callId && one.phase === phase);
}

/** Two agents, and the calls between them and a pretended customer. */
export class Floor {
  #line = new Map();

  /** @param boss places calls and looks at records */
  constructor(cordboard, boss, first, second) {
    Object.assign(this, { cordboard, boss, first, second });
  }

  async rest() {
    await this.first.rests();
    await this.second.rests();
  }

  /** Nobody is there: whoever calls is told so at once, and owed a call-back. */
  async leave() {
    await this.first.leaves();
    await this.second.leaves();
  }

  async #place(line) {
    const { status, json, text } = await this.boss.ask('POST', '/api/v1/calls', { from: CALLER, to: line, say: '你好', seconds: 300 });
    assert.equal(status, 201, text);
    this.#line.set(json.callId, line);
    return json.callId;
  }

  /** A call that nobody takes. */
  async waits() {
    await this.rest();
    const callId = await this.#place(PLAIN);
    await this.cordboard.callIs(callId, 'WAITING');
    return callId;
  }

  async rings(line = PLAIN) {
    await this.second.rests();
    await this.first.ready();
    const callId = await this.#place(line);
    await this.first.getsRung(callId);
    return callId;
  }

  /** A talk of the first agent; one that goes on already will do. */
  async talks(line = PLAIN) {
    const goesOn = (await this.first.calls()).find((one) => one.phase === 'TALKING' && one.consultation === null && this.#line.get(one.callId) === line);
    if (goesOn !== undefined) return goesOn.callId;
    const callId = await this.rings(line);
    await this.first.does(callId, 'answer');
    await this.first.callIs(callId, 'TALKING');
    return callId;
  }

  async recorded() {
    const callId = await this.talks(RECORDED);
    await this.first.call('recorded', (one) => one.callId === callId && one.recording === 'RECORDED');
    return callId;
  }

  async holds() {
    const callId = await this.talks();
    await this.first.does(callId, 'hold');
    await this.first.callIs(callId, 'HELD');
    return callId;
  }

  async pauses() {
    const callId = await this.recorded();
    await this.first.does(callId, 'pause-recording');
    await this.first.call('paused', (one) => one.callId === callId && one.recording === 'PAUSED');
    return callId;
  }

  async parks() {
    const callId = await this.talks();
    await this.first.does(callId, 'park');
    await this.first.free();
    await this.second.rests();
    await this.first.ready();
    return callId;
  }

  async mayConsult() {
    const callId = await this.talks();
    await this.second.ready();
    return callId;
  }

  /** The two speak, and the customer hears music. */
  async consults() {
    const callId = await this.mayConsult();
    await this.first.does(callId, 'consult', { to: 'AGENT', target: this.second.id });
    await this.second.callIs(callId, 'RINGING');
    await this.second.does(callId, 'answer');
    await this.first.call('consulted', (one) => one.callId === callId && one.consultation === 'TALKING');
    return callId;
  }

  async wrapsUp() {
    const callId = await this.talks();
    await this.first.does(callId, 'hang-up');
    await this.first.callIs(callId, 'WRAP_UP');
    return callId;
  }

  /** The record of a call that is over and closed. */
  async closed(line = PLAIN) {
    const callId = line === PLAIN ? await this.talks() : await this.recorded();
    await this.first.free();
    return until('its record', async () => {
      const { status, json } = await this.boss.ask('GET', `/api/v1/calls/${callId}/record`);
      return status === 200 && json;
    });
  }

  /** A recording that may be played. */
  async recording() {
    const { callId } = await this.closed(RECORDED);
    return until('its recording', async () => {
      const { json } = await this.boss.ask('GET', `/api/v1/calls/${callId}/record`);
      return json.recordings.find((one) => one.state === 'STORED')?.name;
    });
  }

  /** Somebody was taken for another customer, and verified as that one. */
  async mistaken(one, other) {
    const callId = await this.talks();
    await this.first.does(callId, 'customer', { customerId: one.id });
    await this.first.does(callId, 'verify', { method: 'birth-date' });
    await this.first.does(callId, 'customer', { customerId: other.id });
    return callId;
  }

  close() {
    this.first.close();
    this.second.close();
  }
}
