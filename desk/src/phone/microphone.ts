import { type Microphone, MicrophoneFault, type MicrophoneTrouble } from './line';

const TROUBLES: Readonly<Record<string, MicrophoneTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'taken',
  AbortError: 'taken',
};

/** The computer's microphone: the chosen one, the system's own where that is not plugged in. */
export class BrowserMicrophone implements Microphone {
  readonly #device: () => string;
  #stream: Promise<MediaStream> | null = null;

  constructor(device: () => string) {
    this.#device = device;
  }

  open(unplugged: () => void): Promise<MediaStream> {
    this.#stream ??= this.#request(unplugged);
    return this.#stream;
  }

  close(): void {
    const stream = this.#stream;
    this.#stream = null;
    stream?.then((open) => open.getTracks().forEach((track) => track.stop())).catch(() => {});
  }

  async #request(unplugged: () => void): Promise<MediaStream> {
    try {
      // absent on a page that came over plain HTTP from another machine
      if (!navigator.mediaDevices) throw new MicrophoneFault('insecure');
      const id = this.#device();
      const audio = id === '' ? true : { deviceId: { ideal: id } };
      const stream = await navigator.mediaDevices.getUserMedia({ audio, video: false });
      stream.getAudioTracks()[0]?.addEventListener('ended', unplugged);
      return stream;
    } catch (error) {
      this.#stream = null;
      if (error instanceof MicrophoneFault) throw error;
      throw new MicrophoneFault(TROUBLES[(error as DOMException).name] ?? 'unknown', error);
    }
  }
}
