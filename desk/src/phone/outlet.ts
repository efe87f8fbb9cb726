/** Sends an element's sound to a device, to the system's own where that one cannot be had. Never rejects. */
export async function routeTo(audio: HTMLMediaElement, id: string): Promise<void> {
  // absent where the browser leaves it to the system
  if (!('setSinkId' in audio) || audio.sinkId === id) return;
  await audio.setSinkId(id).catch(() => (id === '' ? undefined : routeTo(audio, '')));
}

/** Where tones of a context come out: at the system's own device, or at a chosen one by way of an element. */
export class Outlet {
  readonly node: AudioNode;
  readonly #audio: HTMLAudioElement | null = null;

  constructor(context: AudioContext, id: string) {
    if (id === '' || !('setSinkId' in HTMLMediaElement.prototype)) {
      this.node = context.destination;
      return;
    }
    const way = context.createMediaStreamDestination();
    const audio = new Audio();
    audio.srcObject = way.stream;
    void routeTo(audio, id).then(() => audio.play().catch(() => {}));
    this.node = way;
    this.#audio = audio;
  }

  close(): void {
    if (this.#audio === null) return;
    this.#audio.pause();
    this.#audio.srcObject = null;
  }
}
