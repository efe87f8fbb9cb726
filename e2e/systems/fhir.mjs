// HAPI's FHIR server with its database in memory, as the adapter's own tests have it, as a process of its own.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const TREE = new URL('../..', import.meta.url).pathname;
const MODULE = join(TREE, 'adapters/crm-fhir');
const CLASSPATH = join(MODULE, 'target/hapi.classpath');

/** Compiles the server and notes what it needs; half a minute where all is downloaded. */
function built() {
  const goals = ['test-compile', 'dependency:build-classpath', '-Dmdep.outputFile=target/hapi.classpath'];
  execFileSync(join(TREE, 'mvnw'), ['-B', '-ntp', '-q', '-pl', 'adapters/crm-fhir', '-am', ...goals], {
    cwd: TREE,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return [join(MODULE, 'target/test-classes'), join(MODULE, 'target/classes'), readFileSync(CLASSPATH, 'utf8').trim()].join(':');
}

export class Fhir {
  #process;
  /** Where its resources begin, and the token that lets in. */
  base;
  token;

  /** Started, and ready to be asked. It ends with this process, however that ends. */
  static async start() {
    const fhir = new Fhir();
    const java = join(process.env.JAVA_HOME ?? '', 'bin/java');
    const options = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xmx1g'];
    fhir.#process = spawn(java, [...options, '-cp', built(), 'io.cordboard.adapters.fhir.HapiMain'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((_, reject) => fhir.#process.once('exit', (code) => reject(new Error(`the FHIR server ended: ${code}`))));
    ended.catch(() => {});
    const said = new Promise((resolve) => createInterface(fhir.#process.stdout).once('line', resolve));
    Object.assign(fhir, JSON.parse(await Promise.race([said, ended])));
    return fhir;
  }

  /** One request of somebody who works there; its JSON. */
  async ask(method, path, body) {
    const answer = await fetch(`${this.base}/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/fhir+json', 'cache-control': 'no-cache' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
    return text === '' ? {} : JSON.parse(text);
  }

  /** The configuration of a connection to it, without its secret, which is `token`. */
  configuration(name) {
    return `crm: {name: ${name}, adapter: fhir}\nbase: ${this.base}\nregion: CN\nauth: {type: bearer}\n`;
  }

  stop() {
    this.#process?.stdin.end();
  }
}
