const PERIOD = 2.4;
const AHEAD = 2;
const LOUDNESS = 0.16;
/** Two soft bells, a fourth apart: heard through talk, hurts nobody. */
const BELLS = [
  { at: 0, hertz: 784 },
  { at: 0.22, hertz: 1047 },
] as const;

/** The ring: made of tones, no file. The browser allows it once the agent has clicked or typed here. */
export class Ring {
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;
  #nextAt = 0;
  #playing: OscillatorNode[] = [];

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
  }

  get ringing(): boolean {
    return this.#timer !== null;
  }

  #schedule(): void {
    // after a refresh the first click or key brings the sound
    if (navigator.userActivation?.hasBeenActive) this.unlock();
    const context = this.#context;
    if (context === null || context.state !== 'running') return;
    this.#nextAt = Math.max(this.#nextAt, context.currentTime);
    for (; this.#nextAt < context.currentTime + AHEAD; this.#nextAt += PERIOD) {
      for (const bell of BELLS) this.#strike(context, this.#nextAt + bell.at, bell.hertz);
    }
  }

  #strike(context: AudioContext, at: number, hertz: number): void {
    const tone = context.createOscillator();
    const envelope = context.createGain();
    tone.type = 'sine';
    tone.frequency.value = hertz;
    envelope.gain.setValueAtTime(0, at);
    envelope.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
    envelope.gain.exponentialRampToValueAtTime(0.0001, at + 0.9);
    tone.connect(envelope).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.95);
    tone.onended = () => {
      this.#playing = this.#playing.filter((other) => other !== tone);
    };
    this.#playing.push(tone);
  }
}
