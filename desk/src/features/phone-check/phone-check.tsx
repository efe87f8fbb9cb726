import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language';
import { Check } from './check';
import { DeviceChoice } from './device-choice';

/** Devices, and whether calls will work: before the shift, or when a headset dies in the middle of a talk. */
export function PhoneCheck(): ReactNode {
  const { w } = useWords();
  return (
    <div className="phone-check">
      <h2>{w.phoneCheck.title}</h2>
      <p className="faint">{w.phoneCheck.text}</p>
      <DeviceChoice />
      <Check />
    </div>
  );
}
