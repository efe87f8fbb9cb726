// The HTTP interface as its own document tells it, and those who may use it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wrongWith } from './schema.mjs';

/** Every operation of `/api/openapi.json`. */
export class Interface {
  static async read(cordboard) {
    const answer = await fetch(`${cordboard.local}/api/openapi.json`);
    return new Interface(await answer.json());
  }

  constructor(document) {
    this.document = document;
    /** Operations whose answers were compared with it. */
    this.compared = new Set();
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, told]) => this.#operation(method.toUpperCase(), path, told)),
    );
  }

  #operation(method, path, told) {
    const [type, media] = this.#media(told.requestBody?.content ?? {});
    const parameters = told.parameters ?? [];
    return {
      key: `${method} ${path}`,
      method,
      path,
      needs: told['x-needs'] ?? [],
      forAnybody: told.security === undefined,
      inPath: parameters.filter((one) => one.in === 'path'),
      inQuery: parameters.filter((one) => one.in === 'query'),
      type,
      body: media?.schema,
      example: media?.example,
      done: Object.keys(told.responses).map(Number).filter((status) => status < 300),
      answers: told.responses,
      pattern: new RegExp(`^${path.replaceAll(/\{[^}]+}/g, '[^/]+')}$`),
    };
  }

  /** Which operation an address is of; one without a place in it before one with. */
  operation(method, address) {
    const [path] = address.split('?');
    return this.operations
      .filter((one) => one.method === method && one.pattern.test(path))
      .sort((a, b) => a.inPath.length - b.inPath.length)[0];
  }

  /** What is wrong with an answer by which something was done, compared with what the document says of it. */
  wrongWith(operation, { status, type, text, json }) {
    const answer = operation.answers[status];
    if (answer === undefined) return [`${status} is nowhere in the document`];
    const schema = Object.values(answer.content ?? {})[0]?.schema;
    if (schema === undefined) return text === '' || Object.keys(answer.content ?? {}).length > 0 ? [] : [`a body that is nowhere in the document: ${text.slice(0, 100)}`];
    return /json/.test(type) ? wrongWith(json, schema, (one) => this.schema(one)) : [];
  }

  /** JSON where it is taken, else what is taken. */
  #media(content) {
    const all = Object.entries(content);
    return all.find(([type]) => type === 'application/json') ?? all[0] ?? [];
  }

  /** A schema behind its name. */
  schema(one) {
    return one?.$ref === undefined ? one : this.document.components.schemas[one.$ref.split('/').at(-1)];
  }
}

/** Somebody who asks: a person with a session, a program with a key, or nobody. */
export class Asker {
  constructor(base, headers = {}, permissions = []) {
    this.base = base;
    this.headers = headers;
    this.permissions = new Set(permissions);
  }

  static async signedIn(cordboard, user, password) {
    const nobody = new Asker(cordboard.local);
    const answer = await nobody.ask('POST', '/api/v1/session', { user, password });
    assert.equal(answer.status, 200, `${user} cannot sign in: ${answer.text}`);
    return Asker.#of(cordboard, answer);
  }

  static #of(cordboard, answer) {
    const headers = { Cookie: answer.cookie, 'X-CSRF-Token': answer.json.csrf };
    return Object.assign(new Asker(cordboard.local, headers, answer.json.permissions), { id: answer.json.user.id });
  }

  /** A new user with this role, who has chosen a password. */
  static async hired(cordboard, username, role, more = {}) {
    const made = await cordboard.request('POST', '/users', { username, name: username, role, grants: [], ...more }, 201);
    const first = await Asker.signedIn(cordboard, username, made.password);
    const own = 'a long password of one’s own';
    const answer = await first.ask('POST', '/api/v1/session/password', { current: made.password, password: own });
    assert.equal(answer.status, 200, answer.text);
    return Object.assign(Asker.#of(cordboard, answer), { user: made.user, password: own });
  }

  may(operation) {
    return operation.needs.length === 0 || operation.needs.some((need) => this.permissions.has(need));
  }

  /** @param body an object, a text that is taken for JSON, or undefined for none */
  async ask(method, path, body, headers = {}) {
    const content = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const answer = await fetch(this.base + path, {
      method,
      headers: { Origin: this.base, ...content, ...this.headers, ...headers },
      body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    const told = {
      status: answer.status,
      text,
      type,
      json: /json/.test(type) ? JSON.parse(text) : undefined,
      cookie: answer.headers.get('set-cookie')?.split(';')[0],
      wait: Number(answer.headers.get('retry-after') ?? 0),
    };
    if (this.document !== undefined && told.status < 300) this.#compare(method, path, told);
    return told;
  }

  /** From now on, whatever is done for this one is compared with what the document says of its answer. */
  comparing(document) {
    this.document = document;
    return this;
  }

  #compare(method, path, answer) {
    const operation = this.document.operation(method, path);
    assert.ok(operation, `${method} ${path} was done, and stands nowhere in the document`);
    assert.deepEqual(this.document.wrongWith(operation, answer), [], `${operation.key} answered otherwise than the document says`);
    this.document.compared.add(operation.key);
  }
}

/** What the server wrote down of faults that it has no name for. */
export function bugsIn(data) {
  return readFileSync(join(data, 'log/cordboard.log'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"ERROR"'));
}
