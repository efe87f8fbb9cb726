import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { useKey } from '../../keys/use-key';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';

const TONES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** Tones into the call, for a machine at the other end. */
export function Keypad({ reason }: { readonly reason: string | null }): ReactNode {
  const { w } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open && reason === null}
      onOpenChange={setOpen}
      trigger={[]}
      placement="top"
      destroyOnHidden
      title={w.call.keypadTitle}
      content={<Tones close={() => setOpen(false)} />}
    >
      <span>
        <Action label={w.call.keypad} hotkey="k" reason={reason} run={() => setOpen((shown) => !shown)} />
      </span>
    </Popover>
  );
}

function Tones({ close }: { readonly close: () => void }): ReactNode {
  const { w } = useWords();
  const { phone } = useDesk();
  const [sent, setSent] = useState('');
  const send = (tone: string): boolean => {
    phone.sendTone(tone);
    setSent((before) => before + tone);
    return true;
  };
  useKey(TONES, send);
  useKey('Escape', close);
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
