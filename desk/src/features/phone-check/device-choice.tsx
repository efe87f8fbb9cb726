import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../../i18n/language';
import { hearMyself } from '../../phone/echo';
import type { SoundDevice, SoundUse } from '../../phone/devices';
import { BrowserMicrophone } from '../../phone/microphone';
import { Action } from '../../ui/action';
import { useDesk, useDevices } from '../../ui/desk-context';

const RING_FOR = 2_600;

/** Which device for what; said plainly where the browser gives no choice. */
export function DeviceChoice(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { microphones, outputs, named, outputChoice } = useDevices();
  const [hearing, setHearing] = useState(false);
  const microphone = new BrowserMicrophone(() => desk.devices.idFor('microphone'));

  // a ring that was tried is not left ringing behind a closed page
  useEffect(() => () => desk.ring.stop(), [desk]);
  const tryRing = (): Promise<void> => {
    desk.ring.unlock();
    desk.ring.start();
    return new Promise((done) => setTimeout(() => (desk.ring.stop(), done()), RING_FOR));
  };
  const trySpeaker = (): Promise<void> => {
    setHearing(true);
    return hearMyself(microphone, desk.devices.idFor('speaker'))
      .catch(() => {})
      .finally(() => (setHearing(false), void desk.devices.refresh()));
  };
  const nameThem = (): Promise<void> =>
    microphone.open(() => {}).then(
      () => (microphone.close(), desk.devices.refresh()),
      () => {},
    );

  return (
    <div className="devices">
      <OneDevice use="microphone" label={w.phoneCheck.microphone} there={microphones} />
      {outputChoice ? (
        <>
          <OneDevice use="speaker" label={w.phoneCheck.speaker} there={outputs} />
          <OneDevice use="ring" label={w.phoneCheck.ring} there={outputs} />
        </>
      ) : (
        <p className="faint">{w.phoneCheck.noOutputChoice}</p>
      )}
      {!named && (
        <p className="faint">
          {w.phoneCheck.nameThemWhy} <Action label={w.phoneCheck.nameThem} look="quiet" run={nameThem} />
        </p>
      )}
      <div className="row">
        <Action label={hearing ? w.phoneCheck.hearing : w.phoneCheck.trySpeaker} run={trySpeaker} />
        <Action label={w.phoneCheck.tryRing} run={tryRing} />
      </div>
    </div>
  );
}

interface OneProps {
  readonly use: SoundUse;
  readonly label: string;
  readonly there: readonly SoundDevice[];
}

function OneDevice({ use, label, there }: OneProps): ReactNode {
  const { w } = useWords();
  const { devices } = useDesk();
  const chosen = useDevices().chosen[use];
  const missing = devices.missing(use);
  const absent = chosen !== null && !there.some(({ id }) => id === chosen.id) ? [chosen] : [];
  const nameOf = (device: SoundDevice, n: number): string => {
    if (device === missing) return w.phoneCheck.missing(device.label);
    return device.label === '' ? w.phoneCheck.unnamed(n + 1) : device.label;
  };
  return (
    <label className="field">
      {label}
      <select
        value={chosen?.id ?? ''}
        onChange={(event) => devices.choose(use, [...there, ...absent].find(({ id }) => id === event.target.value) ?? null)}
      >
        <option value="">{w.phoneCheck.systems}</option>
        {[...there, ...absent].map((device, n) => (
          <option key={device.id} value={device.id}>
            {nameOf(device, n)}
          </option>
        ))}
      </select>
      {missing !== null && <span className="panel-wrong">{w.phoneCheck.missingHint(missing.label)}</span>}
    </label>
  );
}
