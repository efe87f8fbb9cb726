import type { Counters } from './quality';

/** What the phone needs of a SIP stack: the real one is sip-line.ts, tests bring their own. */
export interface SipLine {
  /** Opens a new connection, closing what is left of an old one; rejects when that fails. */
  connect(): Promise<void>;
  /** Sends one REGISTER, whatever became of the one before; tells the answer's status code. */
  register(answered: (status: number) => void): void;
  /** Takes the registration back: the switch notices at once that this phone is gone. Never rejects. */
  unregister(): Promise<void>;
  /** Closes without a word to anybody. */
  close(): void;
}

export interface SipLineEvents {
  disconnected(): void;
  invited(call: SipCall): void;
}

/** `broken`: may come back by itself. `gone`: it will not. */
export type Sound = 'none' | 'flowing' | 'broken' | 'gone';

/** One SIP session as the phone sees it. */
export interface SipCall {
  /** Which of our calls it is, when the server said so. */
  readonly callId: string | null;
  /** The server asks to answer at once: the agent is already in this call. */
  readonly auto: boolean;
  accept(microphone: MediaStream): Promise<void>;
  /**
   * Lets go of the session on this side only. A BYE from the agent would end the customer's call too:
   * hanging up is a command to the server.
   */
  abandon(): void;
  mute(on: boolean): void;
  /** Another microphone in the middle of the talk. */
  speakWith(microphone: MediaStream): Promise<void>;
  sendTone(digit: string): void;
  remoteSound(): MediaStream | null;
  /** What the browser has counted of this session's sound; null while there is none. */
  counters(): Promise<Counters | null>;
  listen(listener: { ended(): void; sound(sound: Sound): void }): void;
}

/** What a browser says about its microphone, in our words. */
export type MicrophoneTrouble = 'insecure' | 'denied' | 'missing' | 'taken' | 'unplugged' | 'unknown';

export class MicrophoneFault extends Error {
  readonly trouble: MicrophoneTrouble;

  constructor(trouble: MicrophoneTrouble, cause?: unknown) {
    super(`Microphone: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

export interface Microphone {
  /** The open stream, opened now if it is not; rejects with a MicrophoneFault. */
  open(unplugged: () => void): Promise<MediaStream>;
  close(): void;
}
