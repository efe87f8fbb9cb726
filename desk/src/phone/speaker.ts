/** Makes the customer audible. */
export class Speaker {
  readonly #listeners = new Set<() => void>();
  #audio: HTMLAudioElement | null = null;
  #blocked = false;

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
    this.again();
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
