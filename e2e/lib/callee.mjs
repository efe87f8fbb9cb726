// Whom an agent calls: a far end behind the trunk (SIPp).
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRUNK } from './cordboard.mjs';
import { tone } from './sip.mjs';
import { until } from './wait.mjs';

const [HOST, PORT] = TRUNK.split(':');

const answer = (status, more = 'Content-Length: 0\n', retransmit = '') => `
  <send${retransmit}><![CDATA[
SIP/2.0 ${status}
[last_Via:]
[last_From:]
[last_To:];tag=[pid]-[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:[local_ip]:[local_port]>
${more}
]]></send>`;

/** @param port where its sound arrives: SIPp's own, or an ear's */
const sdp = (port = '[rtpstream_audio_port]') => `Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio ${port} RTP/AVP 8
a=rtpmap:8 PCMA/8000
a=sendrecv`;

const speaks = (sound) => `<nop><action><exec rtp_stream="${sound},-1,8"/></action></nop>`;

/** Rings, answers, and speaks a tone until it is told goodbye; the ear, where there is one, hears and speaks in its place. */
const talks = ({ sound, ear }) => `
  ${answer('180 Ringing')}
  ${answer('200 OK', sdp(ear?.port), ' retrans="500"')}
  <recv request="ACK"/>
  ${ear ? '' : speaks(sound)}
  <recv request="BYE"/>
  ${answer('200 OK')}`;

/** The network speaks before anybody answers, and the call is given up. */
const early = ({ sound }) => `
  ${answer('183 Session Progress', sdp())}
  ${speaks(sound)}
  <recv request="CANCEL"/>
  ${answer('200 OK')}`;

/** Rings, and is given up. */
const rings = () => `
  ${answer('180 Ringing')}
  <recv request="CANCEL"/>
  ${answer('200 OK')}`;

const refuses = (status) => () => `
  ${answer(status, 'Content-Length: 0\n', ' retrans="500"')}
  <recv request="ACK"/>`;

export const CALLEES = { talks, early, rings, busy: refuses('486 Busy Here'), unknown: refuses('404 Not Found') };

/** One call is taken, then the program has ended. */
export class Callee {
  /**
   * @param scenario one of {@link CALLEES}
   * @param ear what hears and speaks for who talks
   * @param hertz of the tone that is spoken else
   */
  static async waits(cordboard, scenario, { ear = null, hertz = 440 } = {}) {
    const directory = join(cordboard.data, `callee-${Date.now()}`);
    mkdirSync(directory);
    const file = join(directory, 'callee.xml');
    writeFileSync(
      file,
      `<?xml version="1.0" encoding="UTF-8"?>\n<scenario name="callee">\n<recv request="INVITE"/>${scenario({ sound: tone(directory, hertz), ear })}\n</scenario>\n`,
    );
    const child = spawn(
      'sipp',
      ['-sf', file, '-i', HOST, '-p', PORT, '-mp', '46000', '-m', '1', '-nostdin', '-trace_err', '-trace_msg', '-timeout', '120s'],
      { cwd: directory, stdio: 'ignore' },
    );
    const callee = new Callee(child, directory);
    await until('the far end listens', () => callee.#log('_messages.log') !== null || listening(HOST, PORT), 15_000);
    return callee;
  }

  constructor(child, directory) {
    this.child = child;
    this.directory = directory;
    this.ended = new Promise((done) => child.on('exit', (code) => done(code)));
  }

  /** The SIP messages of its call. */
  messages() {
    return this.#log('_messages.log') ?? '';
  }

  kill() {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  #log(ending) {
    const file = readdirSync(this.directory).find((name) => name.endsWith(ending));
    return file === undefined ? null : readFileSync(join(this.directory, file), 'utf8');
  }
}

/** Whether somebody listens at this UDP address, as the kernel writes it: bytes from the last, hexadecimal. */
function listening(host, port) {
  const hex = (number, length) => Number(number).toString(16).toUpperCase().padStart(length, '0');
  const local = `${host.split('.').reverse().map((byte) => hex(byte, 2)).join('')}:${hex(port, 4)}`;
  return readFileSync('/proc/net/udp', 'utf8').split('\n').some((line) => line.trim().split(/\s+/)[1] === local);
}
