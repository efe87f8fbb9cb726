// A small CRM with customers and calls, as testkit's fake-crm.yaml has them: behind HTTP on this machine, with a signed word
// to whoever wants to hear of changes.
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const KINDS = { customer: ['name', 'kind', 'language', 'level', 'tags', 'phones', 'emails'], interaction: ['customer', 'subject', 'at', 'direction', 'number', 'line', 'agent', 'outcome', 'disposition', 'notes', 'seconds', 'waitSeconds', 'recording'] };
const YAML = new URL('../../testkit/src/main/resources/io/cordboard/testkit/crm/fake-crm.yaml', import.meta.url);
const CALLS = KINDS.interaction.map((name) => `{ours: ${name}, theirs: ${name}}`).join(', ');

/** The file that joins it: customers and calls alone. */
export const FILE = `${readFileSync(YAML, 'utf8')}
sync: {kinds: [customer, interaction], poll-seconds: 0.2, mapping: {interaction: [${CALLS}]}}
`;

const digits = (text) => text.replace(/\D/g, '');

export class SmallCrm {
  secret = randomUUID();
  hookSecret = randomUUID();
  /** Fields that it refuses from now on. */
  refused = new Set();
  records = { customer: new Map(), interaction: new Map() };
  #changes = { customer: [], interaction: [] };
  #next = 1;
  #server = createServer((request, response) => void this.#answer(request, response));

  static async start() {
    const crm = new SmallCrm();
    crm.#server.listen(0, '127.0.0.1');
    await once(crm.#server, 'listening');
    crm.url = `http://127.0.0.1:${crm.#server.address().port}`;
    return crm;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  all(kind) {
    return [...this.records[kind].values()];
  }

  /** A person who works there makes or changes a record. */
  put(kind, id, fields, ref = null) {
    const before = this.records[kind].get(id);
    const record = {
      id: before?.id ?? String(this.#next++),
      ref: ref ?? before?.ref ?? null,
      version: String(Number(before?.version ?? 0) + 1),
      changed_at: new Date().toISOString(),
      state: 'live',
      merged_into: null,
      fields: { ...Object.fromEntries(KINDS[kind].map((name) => [name, null])), ...before?.fields, ...fields },
    };
    this.records[kind].set(record.id, record);
    this.#changes[kind].push(record.id);
    return record;
  }

  /** Tells of a record, signed as the file says. */
  tell(url, kind, id, { secret = this.hookSecret, at = Math.floor(Date.now() / 1000) } = {}) {
    const body = JSON.stringify({ kind, id });
    const message = randomUUID();
    const signature = createHmac('sha256', secret).update(`${message}.${at}.${body}`).digest('base64');
    return fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'webhook-id': message, 'webhook-timestamp': String(at), 'webhook-signature': `v1,${signature}` },
      body,
    });
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    let text = '';
    for await (const chunk of request) text += chunk;
    const [status, body] = this.#reply(request, url, text);
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  #reply(request, url, text) {
    if (url.pathname === '/token') {
      const given = new URLSearchParams(text).get('client_secret') ?? /"client_secret"\s*:\s*"([^"]*)"/.exec(text)?.[1];
      const basic = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString().split(':')[1];
      return given === this.secret || basic === this.secret ? [200, { access_token: this.secret, token_type: 'Bearer', expires_in: 3600 }] : [401, refusal('login', 'The secret is not known.')];
    }
    if (request.headers.authorization !== `Bearer ${this.secret}`) return [401, refusal('login', 'Sign in first.')];
    const [, , kind, part, ref] = url.pathname.split('/').map(decodeURIComponent);
    if (kind === 'ping') return [200, { ok: true }];
    if (!(kind in KINDS)) return [404, refusal('path', 'There is nothing here.')];
    if (request.method === 'GET') return this.#read(kind, part, url.searchParams);
    if (request.method === 'DELETE') return [204];
    return this.#write(kind, part, ref, JSON.parse(text));
  }

  #read(kind, part, query) {
    if (part === 'fields') return [200, { fields: KINDS[kind].map((name) => ({ name, options: [] })) }];
    if (part === 'changes') {
      const all = this.#changes[kind];
      if (!query.has('cursor')) return [200, { records: [], cursor: String(all.length), more: false }];
      const from = Number(query.get('cursor'));
      return [200, { records: [...new Set(all.slice(from))].map((id) => this.records[kind].get(id)), cursor: String(all.length), more: false }];
    }
    const all = this.all(kind);
    const [name, value] = ['ids', 'ref', 'phone_end', 'email'].map((key) => [key, query.get(key)]).find(([, found]) => found !== null) ?? [];
    const fits = {
      ids: ({ id }) => value.split(',').includes(id),
      ref: (record) => record.ref === value,
      phone_end: ({ fields }) => (fields.phones ?? []).some((phone) => digits(phone).endsWith(value)),
      email: ({ fields }) => (fields.emails ?? []).some((email) => email.toLowerCase() === value.toLowerCase()),
    }[name];
    if (fits) return [200, { records: all.filter(fits) }];
    const after = Number(query.get('after') ?? 0);
    const page = all.filter(({ id }) => Number(id) > after).slice(0, Number(query.get('limit') ?? 100));
    return [200, { records: page, next: page.length > 0 && page.at(-1).id !== all.at(-1)?.id ? page.at(-1).id : null }];
  }

  #write(kind, part, ref, body) {
    if (part === 'batch') return [200, { items: body.items.map((item) => this.#item(kind, item)) }];
    const id = part === 'by-ref' ? undefined : part;
    const done = this.#item(kind, { ...body, id, ref: part === 'by-ref' ? ref : undefined });
    return [done.status, done.error ? { error: done.error } : this.records[kind].get(done.id)];
  }

  #item(kind, { ref, id, version, fields }) {
    const before = id ? this.records[kind].get(id) : this.all(kind).find((record) => record.ref === ref);
    if (id && !before) return { status: 404, error: { code: 'none', message: 'There is no such record.' } };
    if (version && before && before.version !== version) return { status: 412, error: { code: 'stale', message: 'It was changed.' } };
    const no = Object.keys(fields).find((name) => this.refused.has(name) || !KINDS[kind].includes(name));
    if (no) return { status: 422, error: { code: 'field', message: `The field ${no} is closed.`, field: no } };
    const record = this.put(kind, before?.id, fields, ref ?? null);
    return { status: before ? 200 : 201, id: record.id, version: record.version };
  }
}

function refusal(code, message) {
  return { error: { code, message } };
}
