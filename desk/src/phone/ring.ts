import { Outlet } from './outlet';

const PERIOD = 2.4;
const AHEAD = 2;
const LOUDNESS = 0.16;
/** Two soft bells, a fourth apart: heard through talk, hurts nobody. */
const BELLS = [
  { at: 0, hertz: 784 },
  { at: 0.22, hertz: 1047 },
] as const;

/** Before a call is answered by itself: unlike the ring, and long enough to take a breath. */
const WARNING = [0, 0.25];
const WARNING_HERTZ = 1319;
const WARNING_MILLIS = 1_200;

/** The ring: made of tones, no file. The browser allows it once the agent has clicked or typed here. */
export class Ring {
  readonly #device: () => string;
  #context: AudioContext | null = null;
  #outlet: Outlet | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #nextAt = 0;
  #playing: OscillatorNode[] = [];

  /** `device`: where it is to ring, empty for the system's own. */
  constructor(device: () => string) {
    this.#device = device;
  }

  /** To be called from a click or a key, such as the sign-in. */
  unlock(): void {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  start(): void {
    if (this.#timer !== null) return;
    this.#nextAt = 0;
    this.#timer = setInterval(() => this.#schedule(), 500);
    this.#schedule();
  }

  stop(): void {
    if (this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
    this.#playing.forEach((bell) => bell.stop());
    this.#playing = [];
    this.#outlet?.close();
    this.#outlet = null;
  }

  /** Two short high tones, told when they are over; null where the browser keeps them silent. */
  warn(): Promise<void> | null {
    if (navigator.userActivation?.hasBeenActive) this.unlock();
    const context = this.#context;
    if (context === null || context.state !== 'running') return null;
    const outlet = new Outlet(context, this.#device());
    for (const at of WARNING) this.#strike(outlet.node, context.currentTime + at, WARNING_HERTZ);
    return new Promise((over) =>
      setTimeout(() => {
        outlet.close();
        over();
      }, WARNING_MILLIS),
    );
  }

  get ringing(): boolean {
    return this.#timer !== null;
  }

  #schedule(): void {
    // after a refresh the first click or key brings the sound
    if (navigator.userActivation?.hasBeenActive) this.unlock();
    const context = this.#context;
    if (context === null || context.state !== 'running') return;
    this.#outlet ??= new Outlet(context, this.#device());
    const { node } = this.#outlet;
    this.#nextAt = Math.max(this.#nextAt, context.currentTime);
    for (; this.#nextAt < context.currentTime + AHEAD; this.#nextAt += PERIOD) {
      for (const bell of BELLS) this.#strike(node, this.#nextAt + bell.at, bell.hertz);
    }
  }

  #strike(way: AudioNode, at: number, hertz: number): void {
    const { context } = way;
    const tone = context.createOscillator();
    const envelope = context.createGain();
    tone.type = 'sine';
    tone.frequency.value = hertz;
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
    envelope.gain.exponentialRampToValueAtTime(0.0001, at + 0.9);
    tone.connect(envelope).connect(way);
    tone.start(at);
    tone.stop(at + 0.95);
    tone.onended = () => {
      this.#playing = this.#playing.filter((other) => other !== tone);
    };
    this.#playing.push(tone);
  }
}
