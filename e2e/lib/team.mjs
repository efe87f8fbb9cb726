// A team of agents at SIP phones, and their desks: no pages, only the desks' own socket.
import { readFileSync } from 'node:fs';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import WebSocket from 'ws';

/** The server's database. */
export async function database(cordboard) {
  const secret = (name) => readFileSync(join(cordboard.data, name), 'utf8').trim();
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(secret('postgres.port')),
    user: 'cordboard',
    database: 'cordboard',
    password: secret('postgres.secret'),
  });
  await client.connect();
  return client;
}

/** Lines of the team: recorded, not recorded, recorded with time to refuse it, and one of the last agent alone. */
export const LOAD = {
  recorded: '+861085559001', plain: '+861085559002', refusable: '+861085559003', lastAgent: '+861085559004',
};

const LINES = `
  insert into queue (id, label) values ('load', 'Load'), ('last', 'Last agent');
  insert into phone_line (did, label, queue_id, waiting, announcement_version, announcement_language,
    announcement_text, recorded, ring_seconds, wrap_up_seconds, rejoin_seconds, max_wait_seconds) values
    ('${LOAD.recorded}', 'Recorded', 'load', 'MUSIC', 'en-load', 'en', 'Recorded.', true, 20, 60, 60, 300),
    ('${LOAD.plain}', 'Plain', 'load', 'RINGING', null, null, null, false, 20, 60, 60, 300),
    ('${LOAD.refusable}', 'Refusable', 'load', 'MUSIC', 'en-refusable', 'en',
      'Welcome. This call will be recorded. If you do not agree, press 9.', true, 20, 60, 60, 300),
    ('${LOAD.lastAgent}', 'Last agent', 'last', 'MUSIC', 'en-load', 'en', 'Recorded.', true, 20, 60, 60, 300)`;

/**
 * Users by SQL, because a password's hash is dear: one is set by the interface, the others get the same.
 *
 * @param extensions one for each
 */
export async function hire(cordboard, db, extensions) {
  await db.query(LINES);
  const password = randomBytes(12).toString('hex');
  const first = await hireOne(cordboard, extensions[0], password);
  const { rows: [{ password_hash: hash }] } = await db.query('select password_hash from app_user where id = $1', [first]);
  for (const extension of extensions.slice(1)) {
    await db.query(
      `insert into app_user (id, username, display_name, role, active, password_hash, must_change_password,
         switch_id, phone_address, phone_kind, created_at)
       values ($1, $2, $2, 'AGENT', true, $3, false, 'asterisk', $4, 'SIP', 0)`,
      [randomUUID(), nameOf(extension), hash, extension],
    );
  }
  await db.query(
    `insert into queue_member select case username when $1 then 'last' else 'load' end, id from app_user
     where username like 'load-%'`,
    [nameOf(extensions.at(-1))],
  );
  // the interface's own change makes the server read all this
  await cordboard.request('POST', `/users/${first}`, order(extensions[0]));
  return extensions.map((extension) => ({ user: nameOf(extension), extension, password }));
}

const nameOf = (extension) => `load-${extension}`;

const order = (extension) => ({
  username: nameOf(extension),
  name: nameOf(extension),
  role: 'AGENT',
  phone: { switchId: 'asterisk', address: extension, kind: 'SIP' },
});

async function hireOne(cordboard, extension, password) {
  const { user, password: once } = await cordboard.request('POST', '/users', order(extension), 201);
  const session = await signIn(cordboard, nameOf(extension), once);
  const answer = await fetch(`${cordboard.local}/api/v1/session/password`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json', Origin: cordboard.local, Cookie: session.cookie, 'X-CSRF-Token': session.csrf,
    },
    body: JSON.stringify({ current: once, password }),
  });
  if (answer.status !== 200) throw new Error(`no new password: ${answer.status} ${await answer.text()}`);
  return user.id;
}

async function signIn(cordboard, user, password) {
  const answer = await fetch(`${cordboard.local}/api/v1/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: cordboard.local },
    body: JSON.stringify({ user, password }),
  });
  if (answer.status !== 200) throw new Error(`${user} cannot sign in: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  return { cookie, ...(await answer.json()) };
}

/** An agent who is always ready and finishes every record at once. */
export class TeamDesk {
  /** Views of calls as they came. */
  told = [];
  troubles = [];
  state = '';
  #commands = 0;
  #finished = new Set();

  static async open(cordboard, { user, password }) {
    const { cookie } = await signIn(cordboard, user, password);
    const desk = new TeamDesk(user);
    await desk.#connect(cordboard, cookie);
    return desk;
  }

  constructor(user) {
    this.user = user;
  }

  #connect(cordboard, cookie) {
    const url = `${cordboard.local.replace(/^http/, 'ws')}/api/v1/desk`;
    this.socket = new WebSocket(url, { headers: { Cookie: cookie, Origin: cordboard.local } });
    this.socket.on('message', (data) => this.#frame(JSON.parse(data)));
    this.socket.on('close', (code) => {
      if (!this.closing) this.troubles.push(`cut off: ${code}`);
    });
    return new Promise((done, failed) => {
      this.socket.once('open', done);
      this.socket.once('error', failed);
    });
  }

  #frame({ message, result }) {
    if (result?.fault) this.troubles.push(result.fault.detail ?? JSON.stringify(result.fault));
    if (message?.me) this.#me(message.me);
    for (const call of message?.calls ?? (message?.call ? [message.call] : [])) this.#call(call);
  }

  #me(me) {
    this.state = me.state;
    if (me.state === 'OFFLINE' || me.state === 'NOT_READY') this.command({ type: 'ready' });
  }

  #call(call) {
    this.told.push(call);
    if (call.phase === 'WRAP_UP' && !this.#finished.has(call.callId)) this.#finish(call.callId);
  }

  #finish(callId) {
    this.#finished.add(callId);
    this.command({ type: 'finishWrapUp', callId, disposition: 'solved' });
  }

  command(command) {
    this.socket.send(JSON.stringify({ id: ++this.#commands, command }));
  }

  close() {
    this.closing = true;
    this.socket.close();
  }
}
