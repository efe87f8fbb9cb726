// The other ends of real calls: a caller at the trunk (SIPp) and an agent's desk phone (baresip).
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { TRUNK } from './cordboard.mjs';
import { until } from './wait.mjs';

export const TRUNK_HOST = TRUNK.split(':')[0];

/** Ten seconds of a tone as A-law without a header, which SIPp plays over and over. */
export function tone(directory, hertz = 440) {
  const file = join(directory, 'caller.al');
  execFileSync('sox', ['-n', '-r', '8000', '-c', '1', '-t', 'al', file, 'synth', '10', 'sine', `${hertz}`, 'vol', '0.4']);
  return file;
}

/** A customer who calls through the trunk, speaks a tone, and hangs up when told to. */
export class Caller {
  /** @param ear what hears and speaks in place of SIPp, which only speaks */
  static async dial(cordboard, { from, to, seconds = 600, ear = null }) {
    const directory = join(cordboard.data, `caller-${Date.now()}`);
    mkdirSync(directory);
    const scenario = join(directory, 'caller.xml');
    writeFileSync(scenario, scenarioOf({ from, to, seconds, sound: tone(directory), ear }));
    const port = await freeUdp(TRUNK_HOST);
    const media = 40_000 + (port % 5_000) * 4;
    const child = spawn(
      'sipp',
      [`${cordboard.pbx.sipAddress}:${cordboard.pbx.sipPort}`, '-sf', scenario, '-i', TRUNK_HOST, '-p', `${port}`,
        '-mp', `${media}`, '-m', '1', '-l', '1', '-nostdin', '-trace_err', '-trace_msg', '-timeout', `${seconds + 60}s`],
      { cwd: directory, stdio: 'ignore' },
    );
    return new Caller(child, directory, port);
  }

  constructor(child, directory, port) {
    this.child = child;
    this.directory = directory;
    this.port = port;
    /** Resolves to SIPp's exit status: 0 when the call went as the scenario says. */
    this.ended = new Promise((done) => child.on('exit', (code) => done(code)));
  }

  /** Hangs up: SIPp's scenario takes a MESSAGE in its dialog as the sign to send BYE. */
  async hangUp() {
    const sign = [
      `MESSAGE sip:caller@${TRUNK_HOST} SIP/2.0`,
      `Via: SIP/2.0/UDP ${TRUNK_HOST}:9;branch=z9hG4bK-sign`,
      `From: <sip:test@${TRUNK_HOST}>;tag=sign`,
      `To: <sip:caller@${TRUNK_HOST}>`,
      `Call-ID: 1-${this.child.pid}@${TRUNK_HOST}`,
      'CSeq: 1 MESSAGE',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n');
    const socket = createSocket('udp4');
    await new Promise((done) => socket.send(sign, this.port, TRUNK_HOST, done));
    socket.close();
    return this.ended;
  }

  kill() {
    this.child.kill('SIGKILL');
    return this.ended;
  }

  messages() {
    const file = readdirSync(this.directory).find((name) => name.endsWith('_messages.log'));
    return file === undefined ? '' : readFileSync(join(this.directory, file), 'utf8');
  }
}

function scenarioOf({ from, to, seconds, sound, ear }) {
  const head = (method, sequence) => `
${method} sip:${to}@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${from}@[local_ip]:[local_port]>;tag=[pid]e2e[call_number]
To: <sip:${to}@[remote_ip]:[remote_port]>[peer_tag_param]
Call-ID: [call_id]
CSeq: ${sequence} ${method}
Contact: <sip:caller@[local_ip]:[local_port]>
Max-Forwards: 70`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<scenario name="a customer at the trunk">
  <send retrans="500"><![CDATA[${head('INVITE', 1)}
P-Asserted-Identity: <sip:${from}@[local_ip]>
Content-Type: application/sdp
Content-Length: [len]

v=0
o=e2e 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio ${ear?.port ?? '[rtpstream_audio_port]'} RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=sendrecv
]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="183" optional="true"/>
  <recv response="200" rrs="true"/>
  <send><![CDATA[${head('ACK', 1)}
Content-Length: 0

]]></send>
  ${ear ? '' : `<nop><action><exec rtp_stream="${sound},-1,8"/></action></nop>`}
  <recv request="MESSAGE" optional="true" next="2"/>
  <recv request="BYE" timeout="${seconds * 1000}" ontimeout="2"/>
  <send next="3"><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
  <label id="2"/>
  <send retrans="500"><![CDATA[${head('BYE', 2)}
Content-Length: 0

]]></send>
  <recv response="200"/>
  <label id="3"/>
</scenario>
`;
}

/** An agent's SIP phone without a body: registers, and answers by itself. */
export class SipPhone {
  static async register(cordboard, extension, { answers = true } = {}) {
    const { password } = cordboard.pbx.agents.find((agent) => agent.extension === extension);
    const directory = join(cordboard.data, `phone-${extension}-${Date.now()}`);
    mkdirSync(directory);
    const [port, control] = [await freeUdp('127.0.0.1', 2), await freeTcp()];
    const speech = join(directory, 'speech.wav');
    execFileSync('sox', ['-n', '-r', '8000', '-c', '1', '-b', '16', speech, 'synth', '600', 'sine', '880', 'vol', '0.4']);
    writeFileSync(join(directory, 'config'), config({ directory, port, control, speech }));
    writeFileSync(
      join(directory, 'accounts'),
      `<sip:${extension}@${cordboard.pbx.sipAddress}:${cordboard.pbx.sipPort};transport=udp>;auth_user=${extension};auth_pass=${password};` +
        `answermode=${answers ? 'auto' : 'manual'};regint=60;audio_codecs=pcma\n`,
      { mode: 0o600 },
    );
    writeFileSync(join(directory, 'contacts'), '');
    const child = spawn('baresip', ['-f', directory], { stdio: 'ignore' });
    const phone = new SipPhone(child, extension);
    await phone.#openControl(control);
    return phone;
  }

  #token = 0;
  #control = null;

  constructor(child, extension) {
    this.child = child;
    this.extension = extension;
    this.ended = new Promise((done) => child.on('exit', done));
  }

  async #openControl(port) {
    this.#control = await until('baresip takes commands', () => tried(port), 15_000);
    this.#control.on('error', () => {});
    this.#control.resume();
  }

  /** accept, hangup, hold, resume, dial NUMBER. */
  command(command, params = '') {
    const text = JSON.stringify({ command, params, token: `${++this.#token}` });
    this.#control.write(`${Buffer.byteLength(text)}:${text},`);
  }

  async quit() {
    this.#control?.destroy();
    this.child.kill('SIGTERM');
    await this.ended;
  }

  /** Dies without a word. */
  async kill() {
    this.#control?.destroy();
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

function config({ directory, port, control, speech }) {
  return `module_path /usr/lib/baresip/modules
sip_listen 127.0.0.1:${port}
net_interface 127.0.0.1
poll_method epoll
call_local_timeout 60
call_max_calls 4
audio_source aufile,${speech}
audio_player aubridge,sink
audio_alert aubridge,alert
snd_path ${directory}
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
rtp_ports ${50_000 + (port % 4_000) * 3}-${50_000 + (port % 4_000) * 3 + 20}
jitter_buffer_type fixed
jitter_buffer_delay 1-5
module_tmp uuid.so
module_tmp account.so
module g711.so
module aufile.so
module aubridge.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${control}
`;
}

function tried(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => done(socket));
    socket.on('error', () => done(null));
  });
}

/** A free UDP port, and so many free ones in a row. */
async function freeUdp(host, inARow = 1) {
  for (;;) {
    const port = await bound(host, 0);
    const rest = Array.from({ length: inARow - 1 }, (_, n) => bound(host, port + n + 1));
    if ((await Promise.all(rest)).every((one) => one > 0)) return port;
  }
}

function bound(host, port) {
  return new Promise((done) => {
    const socket = createSocket('udp4');
    socket.on('error', () => done(0));
    socket.bind(port, host, () => {
      const { port: got } = socket.address();
      socket.close(() => done(got));
    });
  });
}

function freeTcp() {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
