import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { useKey } from '../../keys/use-key';
import { useDesk, usePhone } from '../../ui/desk-context';
import { Menu } from '../../ui/menu';

const TONES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

interface KeypadProps {
  readonly callId: string;
  readonly reason: string | null;
}

/** Tones into the call, for a machine at the other end. */
export function Keypad({ callId, reason }: KeypadProps): ReactNode {
  const { w } = useWords();
  return (
    <Menu title={w.call.keypadTitle} placement="top" label={w.call.keypad} hotkey="keypad" reason={reason}>
      {() => <Tones callId={callId} />}
    </Menu>
  );
}

function Tones({ callId }: { readonly callId: string }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { call } = usePhone();
  const [sent, setSent] = useState('');
  const send = (tone: string): boolean => {
    // a phone that is not this page's cannot press them: the switch does
    if (call === 'connected') desk.phone.sendTone(tone);
    else void desk.carryOut({ type: 'sendKeys', callId, keys: tone });
    setSent((before) => before + tone);
    return true;
  };
  useKey('tones', send);
  return (
    <div className="keypad" role="group" aria-label={w.call.keypadTitle}>
      <output className="figures">{sent}</output>
      {TONES.map((tone) => (
        <button type="button" key={tone} onClick={() => send(tone)}>
          {tone}
        </button>
      ))}
    </div>
  );
}
