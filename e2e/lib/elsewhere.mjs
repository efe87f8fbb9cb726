// A browser that is not on the server's machine: a network namespace of its own behind a pair of
// virtual cards. Where namespaces are not permitted, the machine's own address stands in.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';

const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium';

export class Elsewhere {
  /** What the browser finds, and trusts: its own home. */
  home = mkdtempSync(join(tmpdir(), 'cordboard-elsewhere-'));
  namespace = null;

  /** @param address under which the server is reached from there; not a loopback one */
  static create() {
    const elsewhere = new Elsewhere();
    try {
      elsewhere.makeNamespace();
    } catch (refused) {
      elsewhere.removeNamespace();
      elsewhere.address = ownAddress();
      console.log(`no network namespaces here (${refused.message.split('\n')[0]}): the browser uses ${elsewhere.address}`);
    }
    return elsewhere;
  }

  makeNamespace() {
    const mark = String(process.pid % 60_000);
    const net = `10.${77 + (process.pid % 100)}.${Math.floor(process.pid / 100) % 250}`;
    this.namespace = `cb${mark}`;
    this.card = `cbs${mark}`;
    this.address = `${net}.1`;
    ip('netns', 'add', this.namespace);
    ip('link', 'add', this.card, 'type', 'veth', 'peer', 'name', `cbb${mark}`);
    ip('link', 'set', `cbb${mark}`, 'netns', this.namespace);
    ip('addr', 'add', `${net}.1/24`, 'dev', this.card);
    ip('link', 'set', this.card, 'up');
    ip('-n', this.namespace, 'addr', 'add', `${net}.2/24`, 'dev', `cbb${mark}`);
    ip('-n', this.namespace, 'link', 'set', `cbb${mark}`, 'up');
    ip('-n', this.namespace, 'link', 'set', 'lo', 'up');
  }

  /** Nothing goes through any more, and nobody is told. */
  cut() {
    this.#cable('down');
  }

  /** The cable is in again. */
  mend() {
    this.#cable('up');
  }

  #cable(way) {
    if (this.namespace === null) throw new Error('The network can be cut only where this machine permits network namespaces: run as root.');
    ip('link', 'set', this.card, way);
  }

  removeNamespace() {
    if (this.namespace === null) return;
    quietly('netns', 'del', this.namespace);
    quietly('link', 'del', this.card);
    this.namespace = null;
  }

  /** The program to start as the browser. */
  get browser() {
    if (this.namespace === null) return BROWSER;
    const program = join(this.home, 'browser');
    writeFileSync(program, `#!/bin/sh\nexec ip netns exec ${this.namespace} ${BROWSER} "$@"\n`);
    chmodSync(program, 0o755);
    return program;
  }

  /** What an administrator does on an agent's machine. */
  trust(certificate) {
    const store = join(this.home, '.pki/nssdb');
    mkdirSync(store, { recursive: true });
    const certutil = (...args) => execFileSync('certutil', ['-d', `sql:${store}`, ...args]);
    certutil('-N', '--empty-password');
    certutil('-A', '-t', 'C,,', '-n', 'cordboard', '-i', certificate);
  }

  close() {
    this.removeNamespace();
    rmSync(this.home, { recursive: true, force: true });
  }
}

function ip(...args) {
  return execFileSync('ip', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function quietly(...args) {
  try {
    ip(...args);
  } catch {
    // it was not made, or went with the namespace
  }
}

function ownAddress() {
  const found = Object.values(networkInterfaces())
    .flat()
    .find((one) => one.family === 'IPv4' && !one.internal);
  if (found === undefined) throw new Error('this machine has no address besides loopback');
  return found.address;
}
