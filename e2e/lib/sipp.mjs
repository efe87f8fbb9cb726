// SIPp at work: many callers at the trunk, many phones at desks.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRUNK } from './cordboard.mjs';

const SCENARIOS = new URL('../sipp/', import.meta.url).pathname;
const [TRUNK_HOST] = TRUNK.split(':');
/** Phones stand at another address than the trunk, which Asterisk knows by its address. */
export const PHONES_HOST = TRUNK_HOST.replace(/^127\.\d+\./, '127.77.');

/** One run of SIPp in a directory of its own. */
export class Sipp {
  static #runs = 0;

  /**
   * @param scenario name of a file in sipp/
   * @param fill what stands for @NAME@ in it
   * @param users lines of a file that calls take one after another
   * @param options of SIPp
   */
  constructor(cordboard, { scenario, host, port, fill = {}, users = [], keys = {}, options = [] }) {
    this.directory = join(cordboard.data, `sipp-${++Sipp.#runs}-${scenario}`);
    mkdirSync(this.directory);
    const file = this.#file(`${scenario}.xml`, filled(readFileSync(`${SCENARIOS}${scenario}.xml`, 'utf8'), fill));
    const args = [
      `${cordboard.pbx.sipAddress}:${cordboard.pbx.sipPort}`, '-sf', file, '-i', host, '-mi', host, '-p', `${port}`,
      // it would end itself, and every call, after 120 late looks at its clock
      '-watchdog_minor_maxtriggers', '1000000', '-watchdog_major_maxtriggers', '1000000',
      '-nostdin', '-trace_err', '-trace_logs', '-log_file', this.#path('times'), '-trace_stat', '-fd', '1', '-stf', this.#path('figures.csv'), ...options,
    ];
    if (users.length > 0) args.push('-inf', this.#file('users.csv', `SEQUENTIAL\n${users.join('\n')}\n`));
    for (const [name, value] of Object.entries(keys)) args.push('-key', name, value);
    this.child = spawn('sipp', args, { cwd: this.directory, stdio: ['ignore', 'ignore', openSync(this.#path('words'), 'w')] });
    /** Resolves to SIPp's exit status: 0 when every call went as the scenario says. */
    this.ended = new Promise((done) => this.child.on('exit', (code, signal) => done(code ?? signal)));
  }

  #path(name) {
    return join(this.directory, name);
  }

  #file(name, text) {
    writeFileSync(this.#path(name), text, { mode: 0o600 });
    return this.#path(name);
  }

  /** What SIPp itself counted. */
  figures() {
    const [head, ...rows] = readFileSync(this.#path('figures.csv'), 'utf8').trim().split('\n').map((row) => row.split(';'));
    const last = rows.at(-1);
    const figure = (name) => Number(last[head.indexOf(name)]);
    return { placed: figure('OutgoingCall(C)'), good: figure('SuccessfulCall(C)'), bad: figure('FailedCall(C)') };
  }

  /** How long each talked by SIPp's own clock, milliseconds, by the number that its scenario logs. */
  talks() {
    const began = new Map();
    const talked = new Map();
    for (const [, number, what, at] of readFileSync(this.#path('times'), 'utf8').matchAll(/^(\S+) (began|ended) (\d+)$/gm)) {
      if (what === 'began') began.set(number, Number(at));
      else talked.set(number, Number(at) - began.get(number));
    }
    return talked;
  }

  /** The first lines that SIPp did not expect. */
  complaints() {
    const file = readdirSync(this.directory).find((name) => name.endsWith('_errors.log'));
    return file === undefined ? readFileSync(this.#path('words'), 'utf8') : readFileSync(this.#path(file), 'utf8').slice(0, 4000);
  }

  async stop() {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

function filled(text, fill) {
  return Object.entries(fill).reduce((sofar, [name, value]) => sofar.replaceAll(`@${name}@`, value), text);
}

const part = (name) => readFileSync(`${SCENARIOS}parts/${name}.xml`, 'utf8');

/** Ten seconds of sound as A-law without a header, which SIPp plays over and over. */
export function tone(cordboard, volume = 0.4) {
  const file = join(cordboard.data, `load-tone-${volume}.al`);
  const synth = ['synth', '10', 'sine', '440', 'vol', `${volume}`];
  execFileSync('sox', ['-n', '-r', '8000', '-c', '1', '-t', 'al', file, ...synth]);
  return file;
}

/** What callers offer: A-law and nothing else, or keys by RFC 4733 too. */
const MEDIA = {
  speaking: 'm=audio [rtpstream_audio_port] RTP/AVP 8\na=rtpmap:8 PCMA/8000',
  pressing: 'm=audio [media_port] RTP/AVP 8 96\na=rtpmap:8 PCMA/8000\na=rtpmap:96 telephone-event/8000\na=fmtp:96 0-15',
};

/**
 * Customers who call one after another, each from a number of their own.
 *
 * @param sound what they say; nothing at all without
 * @param talk names of what they do, in sipp/parts
 * @param headers of their INVITE
 */
export function callers(cordboard, { numbers, to, perSecond = 1, millis, port, media, sound, talk = [], headers = [] }) {
  const parts = [...(sound ? ['speaks'] : []), ...talk];
  return new Sipp(cordboard, {
    scenario: 'caller',
    host: TRUNK_HOST,
    port,
    fill: {
      HEADERS: headers.map((header) => `\n${header}`).join(''),
      MEDIA: sound ? MEDIA.speaking : MEDIA.pressing,
      TALK: parts.map(part).join(''),
      MILLIS: `${millis}`,
      SOUND: sound ?? '',
    },
    users: numbers.map((number) => `${number};`),
    keys: { did: to },
    options: ['-r', `${perSecond}`, '-m', `${numbers.length}`, '-l', '3000', '-mp', `${media}`, '-timeout', '900s'],
  });
}

/** Phones of these extensions: registered, then rung at the same port. `sound` is what they say. */
export async function phones(cordboard, agents, { port, media, sound = '', talk = 'phone-talks' }) {
  const at = { host: PHONES_HOST, port };
  const register = new Sipp(cordboard, {
    scenario: 'phones-register',
    ...at,
    users: agents.map(({ extension, password }) => `${extension};[authentication username=${extension} password=${password}];`),
    options: ['-r', '50', '-m', `${agents.length}`, '-timeout', '60s'],
  });
  const status = await register.ended;
  if (status !== 0) throw new Error(`phones could not register: ${register.complaints()}`);
  return new Sipp(cordboard, {
    scenario: 'phones',
    ...at,
    // in this order: the part names the sound
    fill: { TALK: part(talk), SOUND: sound },
    options: ['-mp', `${media}`],
  });
}
