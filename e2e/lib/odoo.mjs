// A real Odoo beside the product, as its own people use it: over its JSON-2 interface, with keys of their own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parentOf } from './processes.mjs';

const SCRIPT = new URL('../systems/odoo', import.meta.url).pathname;
const FILE = new URL('../../crm/odoo.yaml', import.meta.url).pathname;

const run = promisify(execFile);

export class Odoo {
  /** Starts one with a fresh database. The first time on a machine it is fetched, which takes minutes and says so. */
  static async up() {
    const dir = mkdtempSync(join(tmpdir(), 'cordboard-odoo-'));
    const odoo = new Odoo(dir);
    console.error('Starting a real Odoo; where it is not in the cache yet it is fetched first, which takes some minutes ...');
    const starting = run(SCRIPT, ['up', dir], { encoding: 'utf8', timeout: 1_800_000 });
    starting.child.stderr.pipe(process.stderr, { end: false });
    try {
      Object.assign(odoo, JSON.parse((await starting).stdout));
    } catch (error) {
      await odoo.down();
      throw new Error(`This story needs a real Odoo, and none could be had: ${error.stderr ?? error.message}`, { cause: error });
    }
    return odoo;
  }

  constructor(dir) {
    this.dir = dir;
  }

  async down() {
    this.goOn();
    await run(SCRIPT, ['down', this.dir]);
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** One method of one of its models; as an administrator, whose changes are no echo of ours, unless told otherwise. */
  async ask(model, method, body, key = this.adminKey) {
    const answer = await fetch(`${this.url}/json/2/${model}/${method}`, {
      method: 'POST',
      headers: { Authorization: `bearer ${key}`, 'X-Odoo-Database': this.database, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, `Odoo: ${model}.${method}: ${answer.status}`);
    return answer.json();
  }

  search(model, domain, fields, more = {}) {
    return this.ask(model, 'search_read', { domain, fields, ...more });
  }

  /** Somebody at Odoo makes a customer; the id. */
  async makes(customer) {
    const [id] = await this.ask('res.partner', 'create', { vals_list: [customer] });
    return id;
  }

  writes(id, values) {
    return this.ask('res.partner', 'write', { ids: [id], vals: values });
  }

  async partner(id) {
    const [partner] = await this.ask('res.partner', 'read', { ids: [id], fields: ['name', 'phone', 'email', 'lang', 'active', 'write_date'] });
    return partner;
  }

  /** Its ids of records of ours, by our ids. */
  async idsOfOurs(model) {
    const rows = await this.search('ir.model.data', [['module', '=', 'cordboard'], ['model', '=', model], ['name', 'not like', 'at\\_']], ['name', 'res_id']);
    return new Map(rows.map(({ name, res_id: id }) => [name.replace(/^[a-z]+_/, ''), id]));
  }

  /** Notes that we wrote. */
  notes(domain = []) {
    return this.search('mail.message', [['model', '=', 'res.partner'], ['body', 'ilike', 'cordboard-call'], ...domain], ['body', 'res_id', 'write_date']);
  }

  /** Files with what the command line is not to be told. */
  secret(name, value) {
    const file = join(this.dir, name);
    writeFileSync(file, value, { mode: 0o600 });
    return `@${file}`;
  }

  /** `crm/odoo.yaml` with these lines more. */
  file(name, { odoo = '', sync = '' }) {
    const file = join(this.dir, name);
    const indented = (text) => text.replace(/^(?=.)/gm, '  ');
    writeFileSync(file, `${readFileSync(FILE, 'utf8').trimEnd()}\n${indented(odoo)}\nsync:\n${indented(sync)}\n`);
    return file;
  }

  #family() {
    const first = Number(readFileSync(join(this.dir, 'pid'), 'utf8').split(' ')[0]);
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
    const family = new Set([first]);
    for (let grown = true; grown; ) {
      const more = all.filter((pid) => !family.has(pid) && family.has(parentOf(pid)));
      more.forEach((pid) => family.add(pid));
      grown = more.length > 0;
    }
    return [...family].filter((pid) => pid !== first);
  }

  #signal(signal) {
    for (const pid of this.#family()) process.kill(pid, signal);
  }

  /** It still takes connections and answers nothing any more. */
  hangs() {
    this.#signal('SIGSTOP');
    this.hanging = true;
  }

  goOn() {
    if (this.hanging) this.#signal('SIGCONT');
    this.hanging = false;
  }
}
