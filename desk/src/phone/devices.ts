export type SoundUse = 'microphone' | 'speaker' | 'ring';

export interface SoundDevice {
  readonly id: string;
  readonly label: string;
}

export interface DevicesView {
  readonly microphones: readonly SoundDevice[];
  readonly outputs: readonly SoundDevice[];
  /** Null: whatever the system uses. */
  readonly chosen: Readonly<Record<SoundUse, SoundDevice | null>>;
  /** A browser names devices only to who may use the microphone. */
  readonly named: boolean;
  /** Whether this browser lets a page choose where its sound comes out. */
  readonly outputChoice: boolean;
}

/** What is needed of the browser; tests bring their own. */
export interface DeviceParts {
  readonly media: Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'> | undefined;
  readonly outputChoice: boolean;
  readonly keep: () => Pick<Storage, 'getItem' | 'setItem'>;
}

const KEPT = 'cordboard.sound';
const NONE = { microphone: null, speaker: null, ring: null } as const;
/** Names that browsers give to "whatever the system uses". */
const SYSTEMS_OWN = ['', 'default', 'communications'];

/** The computer's microphones and speakers, and which of them this agent wants for what: kept in the browser. */
export class Devices {
  readonly #parts: DeviceParts;
  readonly #listeners = new Set<() => void>();
  #view: DevicesView;

  constructor(parts: DeviceParts) {
    this.#parts = parts;
    const { outputChoice } = parts;
    this.#view = { microphones: [], outputs: [], chosen: this.#remembered(), named: false, outputChoice };
  }

  readonly get = (): DevicesView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Follows what is plugged in and out. */
  start(): () => void {
    const look = (): void => void this.refresh();
    this.#parts.media?.addEventListener('devicechange', look);
    look();
    return () => this.#parts.media?.removeEventListener('devicechange', look);
  }

  async refresh(): Promise<void> {
    const all = (await this.#parts.media?.enumerateDevices().catch(() => [])) ?? [];
    const real = all.filter(({ deviceId }) => !SYSTEMS_OWN.includes(deviceId));
    const of = (kind: MediaDeviceKind): SoundDevice[] =>
      real.filter((one) => one.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
    this.#show({
      ...this.#view,
      microphones: of('audioinput'),
      outputs: of('audiooutput'),
      named: real.some(({ label }) => label !== ''),
    });
  }

  choose(use: SoundUse, device: SoundDevice | null): void {
    const chosen = { ...this.#view.chosen, [use]: device };
    try {
      this.#parts.keep().setItem(KEPT, JSON.stringify(chosen));
    } catch {
      // a browser that keeps nothing: it counts until the page is closed
    }
    this.#show({ ...this.#view, chosen });
  }

  /** The chosen device's id; empty for the system's own. */
  idFor(use: SoundUse): string {
    return this.#view.chosen[use]?.id ?? '';
  }

  /** Chosen once, and not plugged in now: the system's own is used meanwhile. */
  missing(use: SoundUse): SoundDevice | null {
    const { chosen, named } = this.#view;
    const device = chosen[use];
    const there = use === 'microphone' ? this.#view.microphones : this.#view.outputs;
    return device === null || !named || there.some(({ id }) => id === device.id) ? null : device;
  }

  #remembered(): DevicesView['chosen'] {
    try {
      const kept = JSON.parse(this.#parts.keep().getItem(KEPT) ?? '{}') as Record<string, unknown>;
      return { microphone: deviceIn(kept['microphone']), speaker: deviceIn(kept['speaker']), ring: deviceIn(kept['ring']) };
    } catch {
      return NONE;
    }
  }

  #show(view: DevicesView): void {
    this.#view = view;
    this.#listeners.forEach((listener) => listener());
  }
}

function deviceIn(kept: unknown): SoundDevice | null {
  const { id, label } = (kept ?? {}) as Partial<Record<keyof SoundDevice, unknown>>;
  return typeof id === 'string' && id !== '' && typeof label === 'string' ? { id, label } : null;
}

export function browserDevices(): Devices {
  return new Devices({
    media: navigator.mediaDevices,
    outputChoice: 'setSinkId' in HTMLMediaElement.prototype,
    keep: () => localStorage,
  });
}
