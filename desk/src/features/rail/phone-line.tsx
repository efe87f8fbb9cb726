import type { ReactNode } from 'react';
import type { Me, Spare } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { word } from '../../i18n/words';
import type { PhoneView } from '../../phone/phone';
import { Action } from '../../ui/action';
import { useDesk, useLink, useMe, useOwnsSound, usePhone } from '../../ui/desk-context';
import { Mark } from '../../ui/mark';

/** The agent's device in one line, and the other one that could ring instead. */
export function PhoneLine(): ReactNode {
  const { w } = useWords();
  const me = useMe();
  const phone = usePhone();
  const owns = useOwnsSound();
  const { text, good } = stateOf(me, phone, owns, w);
  return (
    <>
      <p className={`phone-line ${good ? '' : 'bad'}`}>
        <Mark shape={good ? 'ready' : 'offline'} />
        <span>
          {word(w.phone, me.phone, me.address)} <span className="faint">{text}</span>
        </span>
      </p>
      {me.spare !== null && <OtherPhone me={me} spare={me.spare} />}
    </>
  );
}

/** Not while a call rings or is talked: it would be looked for at the other phone. */
function OtherPhone({ me, spare }: { readonly me: Me; readonly spare: Spare }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const linkDown = useLink().state === 'up' ? null : w.call.linkDown;
  const busy = me.state === 'OFFERED' || me.state.startsWith('TALKING') ? w.otherPhone.busy : null;
  return (
    <Action
      label={w.otherPhone.use(word(w.phone, spare.phone, spare.address))}
      look="quiet"
      className="other-phone"
      reason={busy ?? linkDown}
      run={() => desk.carryOut({ type: 'usePhone', phone: spare.phone })}
    />
  );
}

function stateOf(me: Me, phone: PhoneView, owns: boolean, w: Words): { text: string; good: boolean } {
  if (me.phone === 'BROWSER' && !owns && me.audioOwner !== null) return { text: w.phone.elsewhere, good: true };
  if (me.phone === 'BROWSER' && owns && phone.line !== 'registered') return { text: w.phone.connecting, good: false };
  if (me.phoneState === 'IDLE') return { text: w.phone.registered, good: true };
  if (me.phoneState === 'BUSY') return { text: w.phone.busy, good: true };
  return { text: me.phoneState === 'UNREACHABLE' ? w.phone.unreachable : w.phone.unregistered, good: false };
}
