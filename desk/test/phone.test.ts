import { describe, expect, it } from 'vitest';
import { type Microphone, MicrophoneFault, type SipCall, type SipLine, type SipLineEvents, type Sound } from '../src/phone/line';
import { Phone } from '../src/phone/phone';
import type { Counters, Stretch } from '../src/phone/quality';
import { HandTimers, settle } from './hand-timers';

const SILENCE = {} as MediaStream;

/** A SIP stack without a network: the test decides what is answered. */
class FakeLine implements SipLine {
  connects = 0;
  registers: ((status: number) => void)[] = [];
  unregisters = 0;
  closed = false;
  reachable = true;
  readonly events: SipLineEvents;

  constructor(events: SipLineEvents) {
    this.events = events;
  }

  connect(): Promise<void> {
    this.connects++;
    return this.reachable ? Promise.resolve() : Promise.reject(new Error('no route'));
  }

  register(answered: (status: number) => void): void {
    this.registers.push(answered);
  }

  unregister(): Promise<void> {
    this.unregisters++;
    return Promise.resolve();
  }

  close(): void {
    this.closed = true;
  }
}

class FakeCall implements SipCall {
  accepted = 0;
  muted = false;
  alive = true;
  tones = '';
  received = 0;
  readonly voices: MediaStream[] = [];
  #listener = { ended: (): void => {}, sound: (_sound: Sound): void => {} };
  readonly callId: string | null;
  readonly auto: boolean;

  constructor(callId: string | null, auto = false) {
    this.callId = callId;
    this.auto = auto;
  }

  listen(listener: { ended(): void; sound(sound: Sound): void }): void {
    this.#listener = listener;
  }

  accept(): Promise<void> {
    this.accepted++;
    return Promise.resolve();
  }

  abandon(): void {
    this.alive = false;
  }

  /** The far side ends it. */
  end(): void {
    this.alive = false;
    this.#listener.ended();
  }

  mute(on: boolean): void {
    this.muted = on;
  }

  speakWith(microphone: MediaStream): Promise<void> {
    this.voices.push(microphone);
    return Promise.resolve();
  }

  sendTone(digit: string): void {
    this.tones += digit;
  }

  remoteSound(): MediaStream {
    return SILENCE;
  }

  counters(): Promise<Counters | null> {
    this.received += 200;
    return Promise.resolve({ received: this.received, lost: 0, outLostShare: null, jitterMillis: 3, roundTripMillis: 40, bufferedMillis: 60 });
  }

  sound(sound: Sound): void {
    this.#listener.sound(sound);
  }
}

class FakeMicrophone implements Microphone {
  opened = 0;
  closed = 0;
  fault: MicrophoneFault | null = null;

  open(): Promise<MediaStream> {
    this.opened++;
    return this.fault ? Promise.reject(this.fault) : Promise.resolve(SILENCE);
  }

  close(): void {
    this.closed++;
  }
}

function desk(): { phone: Phone; timers: HandTimers; microphone: FakeMicrophone; lines: FakeLine[]; played: unknown[]; sounded: [string, Stretch][] } {
  const timers = new HandTimers();
  const microphone = new FakeMicrophone();
  const lines: FakeLine[] = [];
  const played: unknown[] = [];
  const sounded: [string, Stretch][] = [];
  const phone = new Phone({
    timers,
    microphone,
    makeLine: (events) => {
      const line = new FakeLine(events);
      lines.push(line);
      return line;
    },
    play: (sound) => played.push(sound),
    sounded: (callId, stretch) => sounded.push([callId, stretch]),
  });
  return { phone, timers, microphone, lines, played, sounded };
}

async function registered(): Promise<ReturnType<typeof desk> & { line: FakeLine }> {
  const parts = desk();
  parts.phone.start();
  await settle();
  const line = parts.lines[0]!;
  line.registers[0]!(200);
  return { ...parts, line };
}

describe('the browser phone', () => {
  it('registers when this page owns the sound', async () => {
    const { phone, line } = await registered();
    expect(line.connects).toBe(1);
    expect(phone.get().line).toBe('registered');
  });

  it('sends a new REGISTER every two seconds until one is accepted', async () => {
    const { phone, timers, lines } = desk();
    phone.start();
    await timers.pass(4_100);
    expect(lines[0]?.registers).toHaveLength(3);
    expect(phone.get().line).toBe('registering');
    lines[0]?.registers[2]!(200);
    expect(phone.get().line).toBe('registered');
  });

  it('does not believe an answer to a REGISTER that it has given up', async () => {
    const { phone, timers, lines } = desk();
    phone.start();
    await timers.pass(2_100);
    lines[0]?.registers[0]!(200);
    expect(phone.get().line).toBe('registering');
  });

  it('opens a new connection when nothing answers on this one', async () => {
    const { phone, timers, lines } = desk();
    phone.start();
    await timers.pass(8_100);
    expect(lines[0]?.connects).toBe(2);
  });

  it('comes back by itself after the connection was lost', async () => {
    const { phone, timers, line } = await registered();
    line.reachable = false;
    line.events.disconnected();
    expect(phone.get().line).toBe('lost');
    await timers.pass(1_600);
    expect(line.connects).toBe(4);
    line.reachable = true;
    await timers.pass(500);
    line.registers.at(-1)!(200);
    expect(phone.get().line).toBe('registered');
  });

  it('stays registered while the registration is refreshed', async () => {
    const { phone, timers, line } = await registered();
    await timers.pass(60_000);
    expect(line.registers).toHaveLength(2);
    expect(phone.get().line).toBe('registered');
  });

  it('says that it is refused, and tries again later with the account as it is then', async () => {
    const { phone, timers, lines } = desk();
    phone.start();
    await settle();
    lines[0]?.registers[0]!(403);
    expect(phone.get().line).toBe('refused');
    await timers.pass(10_000);
    expect(lines[0]?.closed).toBe(true);
    lines[1]?.registers[0]!(200);
    expect(phone.get().line).toBe('registered');
  });

  it('keeps the line of a call that goes on although the registration is refused', async () => {
    const { phone, timers, line, lines } = await registered();
    line.events.invited(new FakeCall('c1', true));
    await timers.pass(60_000);
    line.registers.at(-1)!(403);
    await timers.pass(10_000);
    expect(lines).toHaveLength(1);
    expect(phone.get().call).toBe('connected');
  });

  it('opens the microphone while it rings and answers when told to', async () => {
    const { phone, microphone, line, played } = await registered();
    const call = new FakeCall('c1');
    line.events.invited(call);
    await settle();
    expect(microphone.opened).toBe(1);
    expect(call.accepted).toBe(0);
    expect(phone.get().call).toBe('ringing');
    phone.answer('c1');
    await settle();
    expect(call.accepted).toBe(1);
    expect(phone.get().call).toBe('connected');
    call.sound('flowing');
    expect(played.at(-1)).toBe(SILENCE);
  });

  it('answers a call that was answered on the page before it reached the phone', async () => {
    const { phone, line } = await registered();
    phone.answer('c1');
    const call = new FakeCall('c1');
    line.events.invited(call);
    await settle();
    expect(call.accepted).toBe(1);
  });

  it('does not answer another call than the one that was answered on the page', async () => {
    const { phone, line } = await registered();
    phone.answer('c1');
    phone.forget('c1');
    const call = new FakeCall('c2');
    line.events.invited(call);
    await settle();
    expect(call.accepted).toBe(0);
  });

  it('answers by itself when the server brings the agent back into a call', async () => {
    const { phone, line } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await settle();
    expect(call.accepted).toBe(1);
    expect(phone.get().call).toBe('connected');
  });

  it('drops the session that lost its sound when it is rung again', async () => {
    const { phone, line } = await registered();
    const first = new FakeCall('c1', true);
    line.events.invited(first);
    await settle();
    const second = new FakeCall('c1', true);
    line.events.invited(second);
    await settle();
    expect(first.alive).toBe(false);
    expect(second.alive).toBe(true);
    expect(phone.get().call).toBe('connected');
  });

  it('keeps a call whose sound may come back, and asks to be rung again when it will not', async () => {
    const { phone, line } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await settle();
    call.sound('broken');
    expect(phone.get()).toMatchObject({ call: 'connected', sound: 'broken' });
    call.sound('flowing');
    expect(phone.get().sound).toBe('flowing');
    call.sound('gone');
    await settle();
    expect(phone.get()).toMatchObject({ call: 'none', sound: 'none', line: 'registering' });
    expect(call.alive).toBe(false);
    expect(line.unregisters).toBe(1);
    expect(line.registers).toHaveLength(2);
  });

  it('looks new to the switch when the customer waits and nothing rings here', async () => {
    const { phone, line } = await registered();
    phone.announceAnew();
    await settle();
    line.registers.at(-1)!(200);
    expect(line.unregisters).toBe(1);
    expect(phone.get().line).toBe('registered');
    line.events.invited(new FakeCall('c1', true));
    phone.announceAnew();
    await settle();
    expect(line.unregisters).toBe(1);
  });

  it('keeps ringing and says why when there is no microphone', async () => {
    const { phone, microphone, line } = await registered();
    microphone.fault = new MicrophoneFault('denied');
    const call = new FakeCall('c1');
    line.events.invited(call);
    phone.answer('c1');
    await settle();
    expect(call.accepted).toBe(0);
    expect(phone.get()).toMatchObject({ call: 'ringing', trouble: 'denied' });
    microphone.fault = null;
    phone.answer('c1');
    await settle();
    expect(phone.get()).toMatchObject({ call: 'connected', trouble: null });
  });

  it('tells of a missing microphone before the first call, asking once', async () => {
    const { phone, microphone } = desk();
    microphone.fault = new MicrophoneFault('missing');
    phone.start();
    phone.checkMicrophone();
    phone.checkMicrophone();
    await settle();
    expect(phone.get().trouble).toBe('missing');
    expect(microphone.opened).toBe(1);
  });

  it('is mute for one call only', async () => {
    const { phone, line } = await registered();
    const first = new FakeCall('c1', true);
    line.events.invited(first);
    await settle();
    phone.mute(true);
    expect(first.muted).toBe(true);
    first.end();
    line.events.invited(new FakeCall('c2', true));
    await settle();
    expect(phone.get().muted).toBe(false);
  });

  it('closes the microphone with the call', async () => {
    const { microphone, line } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await settle();
    const before = microphone.closed;
    call.end();
    expect(microphone.closed).toBe(before + 1);
  });

  it('lets go of a session whose call the server does not know any more', async () => {
    const { phone, timers, line, microphone } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await settle();
    phone.onlyThese(['c1']);
    await timers.pass(5_000);
    expect(call.alive).toBe(true);
    phone.onlyThese([]);
    phone.onlyThese(['c1']);
    await timers.pass(5_000);
    expect(call.alive).toBe(true);
    const before = microphone.closed;
    phone.onlyThese([]);
    await timers.pass(2_000);
    expect(call.alive).toBe(false);
    expect(microphone.closed).toBe(before + 1);
    expect(phone.get().call).toBe('none');
  });

  it('lets go of everything when another page takes the sound', async () => {
    const { phone, timers, line, lines } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await settle();
    phone.stop();
    await timers.pass(1_000);
    expect(line.unregisters).toBe(1);
    expect(call.alive).toBe(true);
    expect(phone.get().line).toBe('off');
    await timers.pass(1_000);
    expect(call.alive).toBe(false);
    expect(line.closed).toBe(true);
    line.events.disconnected();
    line.events.invited(new FakeCall('c3', true));
    await timers.pass(60_000);
    expect(line.connects).toBe(1);
    expect(phone.get()).toMatchObject({ line: 'off', call: 'none' });
    phone.start();
    await settle();
    expect(lines).toHaveLength(2);
  });

  it('speaks with another microphone in the middle of a talk, still muted', async () => {
    const { phone, line } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await settle();
    phone.mute(true);
    call.muted = false;
    await phone.renewMicrophone();
    expect(call.voices).toHaveLength(1);
    expect(call.muted).toBe(true);
  });

  it('takes a microphone that was unplugged in a talk again when asked to try', async () => {
    const { phone, line } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await settle();
    await phone.tryMicrophone();
    expect(call.voices).toHaveLength(1);
  });

  it('shows how a talk sounds, and tells it when the talk is over', async () => {
    const { phone, line, timers, sounded } = await registered();
    const call = new FakeCall('c1', true);
    line.events.invited(call);
    await timers.pass(9_000);
    expect(phone.get().quality?.roundTripMillis).toBe(40);
    call.end();
    expect(phone.get().quality).toBeNull();
    expect(sounded).toHaveLength(1);
    expect(sounded[0]![0]).toBe('c1');
    expect(sounded[0]![1]).toMatchObject({ seconds: 8, lossPercent: 0, jitterMillis: 3, roundTripMillis: 40 });
    await timers.pass(60_000);
    expect(sounded, 'nothing is measured after the end').toHaveLength(1);
  });

  it('tells how it sounded so far when the sound goes to another page', async () => {
    const { phone, line, timers, sounded } = await registered();
    line.events.invited(new FakeCall('c1', true));
    await timers.pass(9_000);
    phone.stop();
    await timers.pass(9_000);
    expect(sounded).toHaveLength(1);
  });
});
