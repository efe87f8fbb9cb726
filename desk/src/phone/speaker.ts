import { routeTo } from './outlet';

/** Makes the customer audible. */
export class Speaker {
  readonly #listeners = new Set<() => void>();
  readonly #device: () => string;
  #audio: HTMLAudioElement | null = null;
  #blocked = false;

  /** `device`: where it is to be heard, empty for the system's own. */
  constructor(device: () => string) {
    this.#device = device;
  }

  readonly isBlocked = (): boolean => this.#blocked;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  play(sound: MediaStream | null): void {
    if (sound === null) {
      if (this.#audio) this.#audio.srcObject = null;
      this.#block(false);
      return;
    }
    this.#audio ??= new Audio();
    if (this.#audio.srcObject !== sound) this.#audio.srcObject = sound;
    this.follow();
    this.again();
  }

  /** Another device was chosen, or the chosen one came or went. */
  follow(): void {
    if (this.#audio !== null) void routeTo(this.#audio, this.#device());
  }

  /** After a click the browser lets sound through. */
  again(): void {
    this.#audio?.play().then(
      () => this.#block(false),
      (error: DOMException) => this.#block(error.name === 'NotAllowedError'),
    );
  }

  #block(blocked: boolean): void {
    if (this.#blocked === blocked) return;
    this.#blocked = blocked;
    this.#listeners.forEach((listener) => listener());
  }
}
