import { describe, expect, it } from 'vitest';
import { Devices } from '../src/phone/devices';

const HEADSET = { id: 'h1', label: 'Headset' };
const LOUDSPEAKER = { id: 'l1', label: 'Loudspeaker' };

/** A computer whose plugs are in the test's hand. */
class Computer {
  plugged: { deviceId: string; kind: string; label: string }[] = [];
  #changed: (() => void) | null = null;
  readonly kept = new Map<string, string>();

  enumerateDevices(): Promise<MediaDeviceInfo[]> {
    return Promise.resolve(this.plugged as unknown as MediaDeviceInfo[]);
  }

  addEventListener(_type: string, changed: unknown): void {
    this.#changed = changed as () => void;
  }

  removeEventListener(): void {
    this.#changed = null;
  }

  has(...kinds: [string, { id: string; label: string }][]): void {
    this.plugged = kinds.map(([kind, { id, label }]) => ({ kind, deviceId: id, label }));
    this.#changed?.();
  }

  devices(): Devices {
    return new Devices({
      media: this,
      outputChoice: true,
      keep: () => ({ getItem: (key) => this.kept.get(key) ?? null, setItem: (key, text) => void this.kept.set(key, text) }),
    });
  }
}

async function settled(): Promise<void> {
  for (let n = 0; n < 5; n++) await Promise.resolve();
}

describe('the devices', () => {
  it('are what is plugged in, without the names for "the system\'s own"', async () => {
    const computer = new Computer();
    const devices = computer.devices();
    computer.has(['audioinput', { id: 'default', label: 'Default' }], ['audioinput', HEADSET], ['audiooutput', LOUDSPEAKER]);
    await devices.refresh();
    expect(devices.get().microphones).toEqual([HEADSET]);
    expect(devices.get().outputs).toEqual([LOUDSPEAKER]);
  });

  it('that were chosen are the same after the page was opened anew', () => {
    const computer = new Computer();
    computer.devices().choose('ring', LOUDSPEAKER);
    const again = computer.devices();
    expect(again.idFor('ring')).toBe('l1');
    expect(again.idFor('speaker')).toBe('');
  });

  it('that were chosen and are not plugged in are told, and found again', async () => {
    const computer = new Computer();
    const devices = computer.devices();
    devices.choose('microphone', HEADSET);
    const stop = devices.start();
    computer.has(['audioinput', { id: 'other', label: 'Camera' }]);
    await settled();
    expect(devices.missing('microphone')).toEqual(HEADSET);
    computer.has(['audioinput', HEADSET]);
    await settled();
    expect(devices.missing('microphone')).toBeNull();
    stop();
  });

  it('without names may all be there: none is called missing', async () => {
    const computer = new Computer();
    const devices = computer.devices();
    devices.choose('microphone', HEADSET);
    computer.has(['audioinput', { id: 'x', label: '' }]);
    await devices.refresh();
    expect(devices.get().named).toBe(false);
    expect(devices.missing('microphone')).toBeNull();
  });

  it('kept in a form that nobody knows are the system\'s own', () => {
    for (const kept of ['{', '7', '{"ring":{"id":3}}', '{"ring":null}']) {
      const computer = new Computer();
      computer.kept.set('cordboard.sound', kept);
      expect(computer.devices().idFor('ring')).toBe('');
    }
  });
});
