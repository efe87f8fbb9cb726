import { describe, expect, it } from 'vitest';
import type { PhoneAccount } from '../src/client/rest';
import { MicrophoneFault } from '../src/phone/line';
import { checkMicrophone, type Heard } from '../src/phone/microphone-check';
import { checkNetwork, judge, type NetworkParts } from '../src/phone/network-check';
import { HandTimers } from './hand-timers';

const STUN = { urls: 'stun:stun.example:3478' };
const TURN = { urls: ['turn:turn.example:3478'], username: 'u', credential: 'c' };
const HOST = { type: 'host', relayProtocol: null };
const MAPPED = { type: 'srflx', relayProtocol: null };

function codes(servers: readonly RTCIceServer[], types: readonly { type: string; relayProtocol: string | null }[], ...errors: [string, number][]): string[] {
  return judge(servers, { candidates: types, errors: errors.map(([url, code]) => ({ url, code })) }).map(({ code }) => code);
}

describe('the ways of the voice', () => {
  it('are none where a policy switches WebRTC off', () => {
    expect(codes([STUN], [])).toEqual(['noAddresses']);
  });

  it('are open where STUN tells an address', () => {
    expect(codes([STUN], [HOST, MAPPED])).toEqual(['udpOpen']);
  });

  it('are open where STUN tells only what the computer knew itself', () => {
    expect(codes([STUN], [HOST])).toEqual(['udpOpen']);
  });

  it('are blocked where no STUN server answers', () => {
    expect(codes([STUN], [HOST], [STUN.urls, 701])).toEqual(['udpBlocked']);
  });

  it('are the relay alone where only TCP gets out', () => {
    expect(codes([STUN, TURN], [HOST, { type: 'relay', relayProtocol: 'tcp' }], [STUN.urls, 701])).toEqual(['udpRelayed', 'relayWorks']);
  });

  it('tell a wrong password of the relay from a relay that is away', () => {
    expect(codes([STUN, TURN], [HOST, MAPPED], ['turn:turn.example:3478', 401])).toEqual(['udpOpen', 'relayRefused']);
    expect(codes([STUN, TURN], [HOST, MAPPED], ['turn:turn.example:3478', 701])).toEqual(['udpOpen', 'relayUnreachable']);
  });

  it('are not proved where no server is set up to prove them', () => {
    expect(codes([], [HOST])).toEqual(['udpUnproven']);
  });
});

class FakeSocket {
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: (() => void) | null = null;
  readonly sent: string[] = [];
  closed = false;
  answer = (): void => {};

  send(text: string): void {
    this.sent.push(text);
    this.answer();
  }

  close(): void {
    this.closed = true;
  }
}

class FakeConnection {
  onicecandidate: ((event: { candidate: { type: string } | null }) => void) | null = null;
  onicecandidateerror: unknown = null;
  closed = false;

  createDataChannel(): void {}

  createOffer(): Promise<object> {
    return Promise.resolve({});
  }

  setLocalDescription(): Promise<void> {
    this.onicecandidate?.({ candidate: { type: 'host' } });
    this.onicecandidate?.({ candidate: null });
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }
}

const ACCOUNT: PhoneAccount = { extension: '2001', password: 'p', domain: 'asterisk', wsPath: '/sip', iceServers: [] };

async function signalling(timers: HandTimers, play: (socket: FakeSocket) => void): Promise<{ code: string; value: number; socket: FakeSocket }> {
  const socket = new FakeSocket();
  const connection = new FakeConnection();
  const parts = { timers, socket: () => socket, connection: () => connection } as unknown as NetworkParts;
  const checked = checkNetwork(ACCOUNT, parts);
  play(socket);
  await timers.pass(20_000);
  const { code, value } = (await checked)[0]!;
  expect(socket.closed && connection.closed, 'nothing is left open').toBe(true);
  return { code, value, socket };
}

describe('the way of the calls', () => {
  it('is measured by the middle of three answers of the switch', async () => {
    const timers = new HandTimers();
    const { code, value, socket } = await signalling(timers, (line) => {
      const delays = [900, 40, 60];
      line.answer = () => timers.after(delays.shift()!, () => line.onmessage!());
      line.onopen!();
    });
    expect(code).toBe('switchAnswers');
    expect(value).toBe(60);
    expect(socket.sent).toHaveLength(3);
    expect(socket.sent[0]).toMatch(/^OPTIONS sip:asterisk SIP\/2.0\r\n[^]*\r\n\r\n$/);
  });

  it('is closed where the WebSocket does not open, whether refused or swallowed', async () => {
    expect((await signalling(new HandTimers(), (line) => line.onclose!())).code).toBe('socketClosed');
    expect((await signalling(new HandTimers(), () => {})).code).toBe('socketClosed');
  });

  it('ends at a switch that is silent behind a server that is well', async () => {
    expect((await signalling(new HandTimers(), (line) => line.onopen!())).code).toBe('switchSilent');
  });

  it('is slow where answers take longer than a talk bears', async () => {
    const timers = new HandTimers();
    const { code } = await signalling(timers, (line) => {
      line.answer = () => timers.after(450, () => line.onmessage!());
      line.onopen!();
    });
    expect(code).toBe('switchSlow');
  });
});

async function hears(levels: (n: number) => number, fault?: MicrophoneFault): Promise<{ heard: Heard; closed: boolean }> {
  const timers = new HandTimers();
  let looks = 0;
  let closed = false;
  const checked = checkMicrophone({
    timers,
    microphone: {
      open: () => (fault ? Promise.reject(fault) : Promise.resolve({} as MediaStream)),
      close: () => {
        closed = true;
      },
    },
    listen: () => ({ read: () => levels(looks++), stop: () => {} }),
    level: () => {},
  });
  await timers.pass(10_000);
  return { heard: await checked, closed };
}

describe('the microphone test', () => {
  it('hears a voice, and lets go of the microphone', async () => {
    expect(await hears((n) => (n > 10 ? 0.1 : 0))).toEqual({ heard: 'heard', closed: true });
  });

  it('takes a knock on the desk for no voice', async () => {
    expect((await hears((n) => (n === 3 ? 0.5 : 0.001))).heard).toBe('faint');
  });

  it('tells noise from silence', async () => {
    expect((await hears(() => 0.005)).heard).toBe('faint');
    expect((await hears(() => 0)).heard).toBe('silent');
  });

  it('tells why there is no microphone', async () => {
    expect((await hears(() => 0, new MicrophoneFault('denied'))).heard).toBe('denied');
  });
});
