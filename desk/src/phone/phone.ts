import type { Timers } from '../client/timers';
import { type Moment, Quality, type Stretch } from './quality';
import { type Loudness, loudnessOf } from './loudness';
import { type Microphone, MicrophoneFault, type MicrophoneTrouble, type SipCall, type SipLine, type Sound } from './line';

const REGISTER_AGAIN = 2_000;
const RECONNECT_AFTER = 500;
/** So many unanswered REGISTERs mean that the connection itself is dead. */
const REGISTERS_PER_CONNECTION = 4;
const REFRESH_WHILE_REGISTERED = 60_000;
const TRY_AGAIN_WHEN_REFUSED = 10_000;
/** How long the far side may take to end the session after this phone unregistered, or the call was over. */
const LET_GO_WITHIN = 2_000;
const REFUSALS = [401, 403, 404, 407];

/** `off`: this page does not own the sound. */
export type LineState = 'off' | 'connecting' | 'registering' | 'registered' | 'refused' | 'lost';

export interface PhoneView {
  readonly line: LineState;
  readonly trouble: MicrophoneTrouble | null;
  readonly call: 'none' | 'ringing' | 'answering' | 'connected';
  readonly sound: Sound;
  readonly muted: boolean;
  /** The agent's own voice while a call is connected. */
  readonly voice: MediaStream | null;
  /** How the last seconds sounded; null while it is not known. */
  readonly quality: Moment | null;
}

export const PHONE_OFF: PhoneView = { line: 'off', trouble: null, call: 'none', sound: 'none', muted: false, voice: null, quality: null };

export interface PhoneParts {
  readonly timers: Timers;
  readonly microphone: Microphone;
  makeLine(events: { disconnected(): void; invited(call: SipCall): void }): SipLine;
  /** The customer's voice, to be made audible; null when there is none. */
  play(sound: MediaStream | null): void;
  /** A session with sound is over. */
  sounded(callId: string, stretch: Stretch): void;
}

/** The browser phone: keeps itself registered while this page owns the sound, and holds one call. */
export class Phone {
  readonly #parts: PhoneParts;
  readonly #listeners = new Set<() => void>();
  #view = PHONE_OFF;
  #line: SipLine | null = null;
  #call: SipCall | null = null;
  #quality: Quality | null = null;
  #wanted: string | null = null;
  #unanswered = 0;
  #checked = false;
  #cancelTimer = (): void => {};
  #cancelLetGo: (() => void) | null = null;

  constructor(parts: PhoneParts) {
    this.#parts = parts;
  }

  readonly get = (): PhoneView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** This page owns the sound from now on. Idempotent. */
  start(): void {
    if (this.#line !== null) return;
    this.#renew();
  }

  /** Another line, with the account as the server knows it now. */
  #renew(): void {
    this.#line?.close();
    const line: SipLine = this.#parts.makeLine({
      disconnected: () => this.#line === line && this.#disconnected(),
      invited: (call) => this.#line === line && this.#invited(call),
    });
    this.#line = line;
    this.#connect();
  }

  /** Another page owns the sound: lets go of it all. */
  stop(): void {
    const line = this.#line;
    if (line === null) return;
    const call = this.#call;
    this.tellQuality();
    this.#line = null;
    this.#cancelTimer();
    this.#wanted = null;
    this.#call = null;
    this.#show(PHONE_OFF);
    // unregistered, the server moves the customer to the other page's phone and ends this session
    void line.unregister().then(() =>
      this.#parts.timers.after(call === null ? 0 : LET_GO_WITHIN, () => {
        call?.abandon();
        line.close();
        if (this.#call === null) this.#letCallGo();
      }),
    );
  }

  /** The network may have come back. */
  nudge(): void {
    if (this.#line === null) return;
    if (this.#view.line === 'registered') this.#register('registered');
    else if (this.#view.line === 'lost' || this.#view.line === 'refused') this.#connect();
  }

  /** The customer waits for this phone, and nothing rings here: looks new to the switch, to be rung again. */
  announceAnew(): void {
    const line = this.#line;
    if (line === null || this.#call !== null || this.#view.line !== 'registered') return;
    this.#cancelTimer();
    void line.unregister().then(() => this.#line === line && this.#register('registering'));
  }

  /** Answers now, or as soon as this call reaches the phone. */
  answer(callId: string): void {
    this.#wanted = callId;
    if (this.#call !== null && this.#view.call === 'ringing') void this.#accept(this.#call);
  }

  /** The call is no longer held out to this agent. */
  forget(callId: string): void {
    if (this.#wanted === callId) this.#wanted = null;
  }

  /**
   * The calls that the server knows. A session of another one is over, although its BYE may never come:
   * after a restart of the server the switch has no way to this page any more.
   */
  onlyThese(callIds: readonly string[]): void {
    const call = this.#call;
    if (call === null || call.callId === null || callIds.includes(call.callId)) {
      this.#cancelLetGo?.();
      this.#cancelLetGo = null;
    } else {
      this.#cancelLetGo ??= this.#parts.timers.after(LET_GO_WITHIN, () => {
        this.#cancelLetGo = null;
        if (this.#call !== call) return;
        call.abandon();
        this.#ended();
      });
    }
  }

  mute(on: boolean): void {
    this.#call?.mute(on);
    this.#show({ ...this.#view, muted: on });
  }

  sendTone(digit: string): void {
    this.#call?.sendTone(digit);
  }

  /** The agent's own voice while a call is connected; to be stopped by the caller. */
  ownLevel(): Loudness | null {
    const { voice, call } = this.#view;
    return voice === null || call !== 'connected' ? null : loudnessOf(voice);
  }

  /** Tries the microphone once, so that trouble shows before the first call rings. */
  checkMicrophone(): void {
    if (this.#checked || this.#line === null) return;
    this.#checked = true;
    void this.tryMicrophone();
  }

  /** Asks for the microphone and closes it again. */
  async tryMicrophone(): Promise<void> {
    if (this.#view.call === 'connected') return this.renewMicrophone();
    await this.#openMicrophone();
    if (this.#call === null) this.#parts.microphone.close();
  }

  /** Another microphone was chosen, or the one that was unplugged is back: in a talk it speaks at once. */
  async renewMicrophone(): Promise<void> {
    const call = this.#call;
    if (call === null || this.#view.call !== 'connected') return;
    this.#parts.microphone.close();
    const voice = await this.#openMicrophone();
    if (voice === null || this.#call !== call) return;
    await call.speakWith(voice);
    call.mute(this.#view.muted);
    this.#show({ ...this.#view, voice });
  }

  // ---- the line ------------------------------------------------------------------------------

  #connect(): void {
    const line = this.#line;
    if (line === null) return;
    const trouble = this.#view.line === 'lost' || this.#view.line === 'refused';
    this.#show({ ...this.#view, line: trouble ? this.#view.line : 'connecting' });
    this.#in(REGISTER_AGAIN * REGISTERS_PER_CONNECTION, () => this.#connect());
    line.connect().then(
      () => this.#line === line && this.#connected(),
      () => this.#line === line && this.#disconnected(),
    );
  }

  #connected(): void {
    this.#unanswered = 0;
    this.#register('registering');
  }

  #disconnected(): void {
    this.#show({ ...this.#view, line: 'lost' });
    this.#in(RECONNECT_AFTER, () => this.#connect());
  }

  /** A REGISTER that a restarting switch swallowed would block its registerer for 32 s. */
  #register(meanwhile: LineState): void {
    const line = this.#line;
    if (line === null) return;
    this.#show({ ...this.#view, line: meanwhile });
    let current = true;
    this.#in(REGISTER_AGAIN, () => {
      current = false;
      this.#unansweredRegister();
    });
    line.register((status) => {
      if (current && this.#line === line) this.#answeredRegister(status);
    });
  }

  #unansweredRegister(): void {
    this.#unanswered += 1;
    if (this.#unanswered < REGISTERS_PER_CONNECTION) this.#register('registering');
    else this.#connect();
  }

  #answeredRegister(status: number): void {
    if (status < 300) {
      this.#unanswered = 0;
      this.#show({ ...this.#view, line: 'registered' });
      this.#in(REFRESH_WHILE_REGISTERED, () => this.#register('registered'));
    } else if (REFUSALS.includes(status)) {
      this.#show({ ...this.#view, line: 'refused' });
      // a session that goes on would end with its line
      this.#in(TRY_AGAIN_WHEN_REFUSED, () => (this.#call === null ? this.#renew() : this.#register('refused')));
    }
    // anything else: the switch is busy with itself, the running timer tries again
  }

  #in(millis: number, work: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.timers.after(millis, work);
  }

  // ---- the call ------------------------------------------------------------------------------

  #invited(call: SipCall): void {
    // the server rings again although a session is left: that one has lost its sound
    this.#call?.abandon();
    this.#letCallGo();
    this.#call = call;
    call.listen({
      ended: () => this.#call === call && this.#ended(),
      sound: (sound) => this.#call === call && this.#soundIs(call, sound),
    });
    this.#show({ ...this.#view, call: 'ringing', sound: 'none', muted: false, voice: null, quality: null });
    if (call.auto || this.#isWanted(call)) void this.#accept(call);
    // opening it takes longer than all the rest of answering
    else void this.#openMicrophone();
  }

  #isWanted(call: SipCall): boolean {
    return this.#wanted !== null && (call.callId === null || call.callId === this.#wanted);
  }

  async #accept(call: SipCall): Promise<void> {
    this.#wanted = null;
    this.#show({ ...this.#view, call: 'answering' });
    const microphone = await this.#openMicrophone();
    if (this.#call !== call) return;
    if (microphone === null) {
      this.#show({ ...this.#view, call: 'ringing' });
      return;
    }
    try {
      await call.accept(microphone);
      if (this.#call === call) this.#connectedTo(call, microphone);
    } catch {
      if (this.#call === call) this.#soundIs(call, 'gone');
    }
  }

  #connectedTo(call: SipCall, voice: MediaStream): void {
    this.#quality = new Quality({
      timers: this.#parts.timers,
      counters: () => call.counters(),
      changed: (quality) => this.#call === call && this.#show({ ...this.#view, quality }),
    });
    this.#show({ ...this.#view, call: 'connected', voice });
  }

  async #openMicrophone(): Promise<MediaStream | null> {
    try {
      const stream = await this.#parts.microphone.open(() => this.#trouble('unplugged'));
      this.#trouble(null);
      return stream;
    } catch (error) {
      this.#trouble(error instanceof MicrophoneFault ? error.trouble : 'unknown');
      return null;
    }
  }

  #trouble(trouble: MicrophoneTrouble | null): void {
    if (this.#line !== null && trouble !== this.#view.trouble) this.#show({ ...this.#view, trouble });
  }

  #soundIs(call: SipCall, sound: Sound): void {
    if (sound === 'flowing') this.#parts.play(call.remoteSound());
    this.#show({ ...this.#view, sound });
    if (sound === 'gone') {
      call.abandon();
      this.#ended();
      this.announceAnew();
    }
  }

  #ended(): void {
    this.#letCallGo();
    this.#show({ ...this.#view, call: 'none', sound: 'none', muted: false, voice: null, quality: null });
  }

  /** The page closes: tells how the talk sounded so far. */
  tellQuality(): void {
    const stretch = this.#quality?.stop() ?? null;
    this.#quality = null;
    const callId = this.#call?.callId ?? null;
    if (stretch !== null && callId !== null) this.#parts.sounded(callId, stretch);
  }

  #letCallGo(): void {
    this.tellQuality();
    this.#call = null;
    this.#parts.play(null);
    this.#parts.microphone.close();
  }

  #show(view: PhoneView): void {
    this.#view = view;
    this.#listeners.forEach((listener) => listener());
  }
}
