// What operators meet: starts that cannot work, stops, kills, health, metrics and the log, by the real launcher.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { database } from './lib/team.mjs';

const launcher = new URL('../cordboard', import.meta.url).pathname;
const root = process.getuid() === 0;
const directories = [];

function fresh() {
  const directory = mkdtempSync(join(tmpdir(), 'cordboard-ops-'));
  directories.push(directory);
  return directory;
}

function run(args, options = {}) {
  const [program, ...rest] = [...(options.as ?? []), launcher, ...args];
  const done = spawnSync(program, rest, { encoding: 'utf8', timeout: 300_000, ...options.spawn });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

function up(data, ...args) {
  const done = run(['up', '--detach', '--json', '--data', data, '--port', '0', ...args]);
  assert.equal(done.status, 0, done.err);
  return JSON.parse(done.out.trim().split('\n').at(-1));
}

function down(data) {
  return run(['down', '--json', '--data', data]);
}

/** It does not start, exits with 1 and says why in one line that names the mend. */
function refused(why, data, args = [], options = {}) {
  const done = run(['up', '--detach', '--data', data, '--port', '0', '--no-demo', ...args], options);
  assert.equal(done.status, 1, done.err);
  const last = done.err.trim().split('\n').at(-1);
  assert.match(last, /^cordboard: /);
  assert.match(last, why);
  assert.doesNotMatch(done.err, /\tat |Exception/);
}

function processes() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return { pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') };
      } catch {
        return { pid: 0, command: '' };
      }
    });
}

/** The PostgreSQL of this data directory, by the port that only it was given. */
function postgres(data) {
  const port = readFileSync(join(data, 'postgres.port'), 'utf8').trim();
  return processes().filter(({ command }) => command.includes('/bin/postgres ') && command.includes(`-p ${port} `));
}

async function until(what, condition) {
  for (let tries = 0; tries < 1200; tries++) {
    const value = await condition();
    if (value) return value;
    await new Promise((go) => setTimeout(go, 50));
  }
  return assert.fail(`waited for: ${what}`);
}

after(() => {
  for (const data of directories) {
    if (existsSync(join(data, 'lock'))) down(data);
    rmSync(data, { recursive: true, force: true });
  }
});

test('a running server answers its watchers, logs without personal data and stops cleanly', async () => {
  const data = fresh();
  const server = up(data);
  const get = (path) => fetch(server.url + path, { headers: { Authorization: `Bearer ${server.apiKey}` } });
  assert.equal((await get('/health/live')).status, 200);
  assert.equal((await get('/health/ready')).status, 200);
  const health = await (await get('/api/v1/health')).json();
  assert.deepEqual(
    health.lines.map((line) => line.name),
    ['ledger', 'database', 'audit', 'disk', 'switch:demo', 'work', 'recordings', 'webhooks'],
  );

  const call = run(['call', '--json', '--data', data, '--from', '+8613800138000', '--to', '4008001234', '--seconds', '2']);
  assert.equal(call.status, 0, call.err);
  const { callId } = JSON.parse(call.out.trim().split('\n').at(-1));
  await until('the call is counted', async () =>
    (await (await get('/metrics')).text()).includes('cordboard_calls_total{outcome="MISSED"} 1.0'),
  );
  const log = readFileSync(join(data, 'log', 'cordboard.log'), 'utf8');
  const lines = log.trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.some((line) => line.call === callId && line.outcome === 'MISSED'));
  assert.ok(lines.some((line) => line.logger === 'io.cordboard.access' && line.operation === '/api/v1/calls/{id}'));
  assert.doesNotMatch(log, /13800138000|4008001234/);
  assert.ok(!log.includes(server.admin.password) && !log.includes(server.apiKey));

  // a second one on the same directory is refused, and does not disturb the first
  refused(/Another Cordboard uses .*cordboard down/, data);
  assert.equal((await get('/health/ready')).status, 200);

  // its own PostgreSQL serves as somebody else's: the password is wrong
  const port = readFileSync(join(data, 'postgres.port'), 'utf8').trim();
  const other = fresh();
  refused(/Check the database's user and password/, other, [
    '--db',
    `jdbc:postgresql://127.0.0.1:${port}/cordboard?user=cordboard&password=wrong`,
  ]);
  const secret = readFileSync(join(data, 'postgres.secret'), 'utf8').trim();
  refused(/does not exist.*Create the database, or correct its name/, other, [
    '--db',
    `jdbc:postgresql://127.0.0.1:${port}/nothing?user=cordboard&password=${secret}`,
  ]);

  assert.equal(postgres(data).length, 1);
  const stopped = down(data);
  assert.equal(stopped.status, 0, stopped.err);
  assert.deepEqual(JSON.parse(stopped.out), { stopped: true });
  assert.deepEqual(postgres(data), []);
  assert.ok(!existsSync(join(data, 'run.json')));
  assert.equal(down(data).status, 1, 'nothing is left to stop');
});

test('without demo nothing is there; after a kill the next start works, and down stops the PostgreSQL that was left', async () => {
  const data = fresh();
  const first = up(data, '--no-demo');
  await startsEmptyAndSafe(data);
  process.kill(first.pid, 'SIGKILL');
  await until('it is dead', () => !existsSync(`/proc/${first.pid}`));
  const [left] = postgres(data);
  assert.ok(left, 'PostgreSQL outlives a kill');
  const second = up(data, '--no-demo');
  assert.notEqual(second.pid, first.pid);
  assert.equal((await fetch(`${second.url}/health/ready`)).status, 200);
  assert.deepEqual(postgres(data).map((one) => one.pid), [left.pid], 'the same one, with the same settings');
  process.kill(second.pid, 'SIGKILL');
  await until('it is dead', () => !existsSync(`/proc/${second.pid}`));
  const stopped = down(data);
  assert.equal(stopped.status, 0, stopped.err);
  assert.deepEqual(postgres(data), []);
});

/** Nobody's data, nothing that others on the machine may read, and no commit that a power cut undoes. */
async function startsEmptyAndSafe(data) {
  const client = await database({ data });
  const value = async (sql) => Object.values((await client.query(sql)).rows[0])[0];
  for (const table of ['customer', 'identity', 'sales_order', 'call_record']) {
    assert.equal(await value(`select count(*)::int from ${table}`), 0, table);
  }
  assert.equal(await value('show fsync'), 'on');
  assert.equal(await value('show synchronous_commit'), 'on');
  await client.end();
  for (const file of ['run.json', 'postgres.secret']) assert.equal(statSync(join(data, file)).mode & 0o777, 0o600, file);
}

test('a start that is stopped half way leaves no PostgreSQL behind', async () => {
  const data = fresh();
  const server = spawn(launcher, ['up', '--data', data, '--port', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  await until('PostgreSQL runs', () => said.includes('Bringing the database'));
  const ended = new Promise((go) => server.on('exit', go));
  server.kill('SIGTERM');
  await ended;
  assert.deepEqual(postgres(data), []);
});

test('a port in use is said', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((go) => other.on('listening', go));
  const { port } = other.address();
  refused(new RegExp(`Port ${port} is in use: .* --port`), fresh(), ['--port', String(port)]);
  other.close();
});

test('a wrong database is said', async () => {
  refused(/Is PostgreSQL running and reachable/, fresh(), ['--db', 'jdbc:postgresql://127.0.0.1:1/x?user=u&password=p']);
  // the launcher is waited for synchronously: another process must answer for us
  const answering = spawn(process.execPath, [
    '-e',
    'require("net").createServer((s)=>s.on("data",()=>s.end("HTTP/1.1 400 Bad\\r\\n\\r\\n")).on("error",()=>{})).listen(0,"127.0.0.1",function(){console.log(this.address().port)})',
  ]);
  const port = await new Promise((go) => answering.stdout.once('data', (text) => go(String(text).trim())));
  refused(/Is PostgreSQL running and reachable/, fresh(), ['--db', `jdbc:postgresql://127.0.0.1:${port}/x?user=u&password=p`]);
  answering.kill();
  const wrong = run(['up', '--data', fresh(), '--db', 'mysql://x']);
  assert.equal(wrong.status, 2);
  assert.match(wrong.err, /--db wants a JDBC URL such as jdbc:postgresql:/);
});

test('a data directory of a newer version is said, and left as it is', () => {
  const data = fresh();
  writeFileSync(join(data, 'version'), '99\n');
  refused(/written by a newer Cordboard \(layout 99/, data);
  assert.equal(readFileSync(join(data, 'version'), 'utf8'), '99\n');
  writeFileSync(join(data, 'version'), '');
  refused(/does not say which layout/, data);
});

test('a missing right is said', () => {
  const data = fresh();
  if (root) {
    const home = fresh();
    chmodSync(home, 0o777);
    const as = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', 'env', `HOME=${home}`];
    refused(/belongs to the user 'root' and you are 'nobody'/, data, [], { as });
    mkdirSync(join(data, 'closed'));
    refused(/No right to write in/, join(data, 'closed', 'below'), [], { as });
  } else {
    chmodSync(data, 0o500);
    refused(/No right to write in/, join(data, 'below'));
  }
  const file = join(fresh(), 'file');
  writeFileSync(file, '');
  refused(/is a file: choose a directory/, file);
});

test('a full disk is said', (t) => {
  const data = fresh();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', data], { stdio: 'ignore' });
  } catch {
    t.skip('no right to mount a small disk here');
    return;
  }
  try {
    refused(/The disk is full: .* free some space/, data);
  } finally {
    execFileSync('umount', [data]);
  }
});
