import type { ReactNode } from 'react';
import type { Me } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { word } from '../../i18n/words';
import type { PhoneView } from '../../phone/phone';
import { useMe, useOwnsSound, usePhone } from '../../ui/desk-context';
import { Mark } from '../../ui/mark';

/** The agent's device in one line. */
export function PhoneLine(): ReactNode {
  const { w } = useWords();
  const me = useMe();
  const phone = usePhone();
  const owns = useOwnsSound();
  const { text, good } = stateOf(me, phone, owns, w);
  return (
    <p className={`phone-line ${good ? '' : 'bad'}`}>
      <Mark shape={good ? 'ready' : 'offline'} />
      <span>
        {word(w.phone, me.phone, me.address)} <span className="faint">{text}</span>
      </span>
    </p>
  );
}

function stateOf(me: Me, phone: PhoneView, owns: boolean, w: Words): { text: string; good: boolean } {
  if (me.phone === 'BROWSER' && !owns && me.audioOwner !== null) return { text: w.phone.elsewhere, good: true };
  if (me.phone === 'BROWSER' && owns && phone.line !== 'registered') return { text: w.phone.connecting, good: false };
  if (me.phoneState === 'IDLE') return { text: w.phone.registered, good: true };
  if (me.phoneState === 'BUSY') return { text: w.phone.busy, good: true };
  return { text: me.phoneState === 'UNREACHABLE' ? w.phone.unreachable : w.phone.unregistered, good: false };
}
