import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Ring } from '../src/phone/ring';

/** What was plugged in when the page was made. */
let plugged: string[];
let elements: Element[];
let contexts: Context[];

/** An audio element: where it comes out, and what it plays. */
class Element {
  srcObject: unknown = null;
  sinkId = '';
  playing: string[] = [];

  constructor() {
    elements.push(this);
  }

  async setSinkId(id: string): Promise<void> {
    if (!plugged.includes(id)) throw new Error('NotFoundError');
    this.sinkId = id;
  }

  async play(): Promise<void> {
    this.playing.push(this.sinkId);
  }

  pause(): void {}
}

class Tone {
  readonly type = '';
  readonly frequency = { value: 0 };
  readonly gain = { setValueAtTime() {}, linearRampToValueAtTime() {}, exponentialRampToValueAtTime() {} };
  readonly context: Context;
  onended: (() => void) | null = null;

  constructor(context: Context) {
    this.context = context;
  }

  connect(to: unknown): unknown {
    if (!(to instanceof Tone)) this.context.heardAt.add(to);
    return to;
  }

  start(): void {}

  stop(): void {}
}

class Context {
  readonly state = 'running';
  readonly currentTime = 0;
  readonly destination = { name: 'the system’s own', context: this };
  /** Where tones went. */
  readonly heardAt = new Set<unknown>();

  constructor() {
    contexts.push(this);
  }

  async resume(): Promise<void> {}

  createMediaStreamDestination(): unknown {
    return { context: this, stream: 'of the ring' };
  }

  createOscillator(): Tone {
    return new Tone(this);
  }

  createGain(): Tone {
    return new Tone(this);
  }
}

beforeEach(() => {
  plugged = ['', 'loudspeaker'];
  elements = [];
  contexts = [];
  vi.useFakeTimers();
  vi.stubGlobal('AudioContext', Context);
  vi.stubGlobal('Audio', Element);
  vi.stubGlobal('HTMLMediaElement', Element);
  vi.stubGlobal('navigator', { userActivation: { hasBeenActive: true } });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function rings(device: string): Promise<Ring> {
  const ring = new Ring(() => device);
  ring.start();
  await vi.advanceTimersByTimeAsync(10);
  return ring;
}

describe('the ring', () => {
  it('is heard at the device that was chosen for it, by an element that plays there', async () => {
    const ring = await rings('loudspeaker');
    expect(elements.map(({ srcObject, playing }) => ({ srcObject, playing }))).toEqual([{ srcObject: 'of the ring', playing: ['loudspeaker'] }]);
    expect([...contexts[0]!.heardAt]).toEqual([{ context: contexts[0], stream: 'of the ring' }]);
    ring.stop();
    expect(elements[0]!.srcObject).toBeNull();
  });

  it('is heard at the system’s own device where none was chosen, or where the chosen one is gone', async () => {
    (await rings('')).stop();
    expect(elements).toEqual([]);
    expect([...contexts[0]!.heardAt]).toEqual([contexts[0]!.destination]);
    (await rings('headset')).stop();
    expect(elements.map(({ playing }) => playing)).toEqual([['']]);
  });
});
