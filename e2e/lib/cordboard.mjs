// The product as a newcomer has it: the launcher, the server, its PostgreSQL and the real Asterisk.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './wait.mjs';

const LAUNCHER = new URL('../../cordboard', import.meta.url).pathname;
/** Where the trunk's far end stands: another loopback address for each process, since stories are played beside each other. */
export const TRUNK = process.env.CORDBOARD_E2E_TRUNK ?? `127.20.${(process.pid >> 8) % 256}.${1 + (process.pid % 254)}:15070`;

/** A data directory whose server and Asterisk run already, with what `up` said in its e2e.json. */
const RUNNING = process.env.CORDBOARD_E2E_RUNNING;

export class Cordboard {
  data = RUNNING ?? mkdtempSync(join(tmpdir(), 'cordboard-e2e-'));
  /** What `up` said: url, logins, key. */
  up = null;
  /** pbx/connection.json. */
  pbx = null;

  /** @param host name or address for HTTPS; plain HTTP on loopback without */
  static async start({ asterisk = true, host } = {}) {
    const cordboard = new Cordboard();
    cordboard.door = host === undefined ? [] : ['--host', host];
    try {
      if (RUNNING) return cordboard.#useRunning();
      cordboard.up = cordboard.cli('up', '--detach', '--port', '0', ...cordboard.door);
      if (asterisk) await cordboard.startAsterisk();
      return cordboard;
    } catch (error) {
      await cordboard.close();
      throw error;
    }
  }

  #useRunning() {
    this.up = JSON.parse(readFileSync(join(RUNNING, 'e2e.json'), 'utf8'));
    this.up.pid = JSON.parse(readFileSync(join(RUNNING, 'run.json'), 'utf8')).pid;
    this.#readPbx();
    return this;
  }

  #readPbx() {
    this.pbx = JSON.parse(readFileSync(join(this.data, 'pbx/connection.json'), 'utf8'));
  }

  /** One command of the launcher; its JSON. */
  cli(...args) {
    return lastLine(
      execFileSync(LAUNCHER, [...args, '--data', this.data, '--json'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
        timeout: 900_000,
        env: { ...process.env, CORDBOARD_PBX_WHILE: String(process.pid) },
      }),
    );
  }

  /** The same, while the test goes on. */
  async cliMeanwhile(...args) {
    const { stdout } = await promisify(execFile)(LAUNCHER, [...args, '--data', this.data, '--json'], {
      encoding: 'utf8',
      timeout: 300_000,
    });
    return lastLine(stdout);
  }

  async startAsterisk(...options) {
    this.cli('pbx', 'up', ...(options.length > 0 ? options : ['--provider', TRUNK]));
    this.#readPbx();
    await this.switchIs('CONNECTED');
  }

  switchIs(state) {
    return until(`Asterisk is ${state}`, async () => {
      const { items } = await this.get('/switches');
      return items.find((one) => one.id === 'asterisk' && one.state === state);
    });
  }

  /** Connects to the same Asterisk by settings that differ in these from what `pbx up` wrote. */
  async connectBy(changed) {
    const file = join(this.data, 'pbx/connection.json');
    writeFileSync(file, JSON.stringify({ ...this.pbx, ...changed }), { mode: 0o600 });
    await this.request('POST', '/switches/asterisk', {}, 202);
  }

  asteriskPid() {
    return Number(readFileSync(join(this.data, 'pbx/run/pid'), 'utf8'));
  }

  /** A command on Asterisk's own console. */
  console(...words) {
    return execFileSync(LAUNCHER, ['pbx', 'cli', ...words, '--data', this.data], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 60_000,
    });
  }

  kill() {
    process.kill(this.up.pid, 'SIGKILL');
  }

  /** Starts again on the same port, so that open pages find it. */
  restart() {
    const again = this.cli('up', '--detach', '--port', new URL(this.up.url).port, ...this.door);
    this.up = { ...this.up, pid: again.pid, readySeconds: again.readySeconds };
  }

  password(user) {
    return this.up.demo.find((login) => login.user === user).password;
  }

  /** Where commands of this machine find the server: plain HTTP, whatever browsers use. */
  get local() {
    return JSON.parse(readFileSync(join(this.data, 'run.json'), 'utf8')).local;
  }

  /** An HTTP request as the administrator's program; other statuses than `status` fail. */
  async request(method, path, body, status = 200) {
    const response = await fetch(`${this.local}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.up.apiKey}`, 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    assert.equal(response.status, status, `${method} ${path}: ${response.status}`);
    return response.json();
  }

  get(path) {
    return this.request('GET', path);
  }

  /** The administrator gives this user another phone. */
  givePhone(user, phone) {
    return this.#changeUser(user, { phone });
  }

  /** The administrator gives this user a second phone, or takes it away. */
  async giveSparePhone(user, phone) {
    const { items } = await this.get('/users');
    const { id } = items.find((one) => one.username === user);
    return this.request('POST', `/users/${id}/spare-phone`, { phone });
  }

  /** The server reads what was changed in the database behind its back: after a change of the interface's own. */
  readSettings() {
    return this.#changeUser('agent1', {});
  }

  async #changeUser(user, change) {
    const { items } = await this.get('/users');
    const { id, username, name, role, grants, phone } = items.find((one) => one.username === user);
    return this.request('POST', `/users/${id}`, { username, name, role, grants, phone, ...change });
  }

  async call(order) {
    const { callId } = await this.request('POST', '/calls', order, 201);
    return callId;
  }

  callIs(callId, phase) {
    return until(`call ${callId} is ${phase}`, async () => {
      const status = await this.get(`/calls/${callId}`);
      return status.phase === phase && status;
    });
  }

  async close() {
    if (RUNNING) return;
    try {
      if (this.pbx !== null) this.cli('pbx', 'down');
    } finally {
      if (this.up !== null) assert.deepEqual(this.cli('down'), { stopped: true });
      if (!process.env.CORDBOARD_E2E_KEEP) rmSync(this.data, { recursive: true, force: true });
    }
  }
}

function lastLine(text) {
  return JSON.parse(text.trim().split('\n').at(-1));
}
