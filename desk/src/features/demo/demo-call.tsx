import { Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { asFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk, useMe } from '../../ui/desk-context';

const LINE = '4008001234';
const ENGLISH_LINE = '+443069990123';
const LONG_ENOUGH_SECONDS = 240;

/** Who calls: the first customers that the demo's data always have, see docs/demo-data.md. */
const CALLERS = {
  known: { from: '+8613800138000', to: LINE },
  shared: { from: '+861000000000', to: LINE },
  english: { from: '+447700900000', to: ENGLISH_LINE },
  unknown: { from: '+8615499999999', to: LINE },
  withheld: { from: 'anonymous', to: LINE },
} as const;

interface Caller {
  readonly from: string;
  readonly to: string;
}

/** One click and the demo phone system calls, as if somebody had dialled the service line. */
export function DemoCall(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  if (!desk.session.permissions.includes('PLACE_TEST_CALLS')) return null;
  const reason = me.state === 'READY' ? null : w.demo.notReady;
  const place = async (caller: Caller): Promise<void> => {
    desk.ring.unlock();
    try {
      await desk.rest.post('/calls', { ...caller, seconds: LONG_ENOUGH_SECONDS });
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
  };
  const { known, ...others } = CALLERS;
  return (
    <section className="demo">
      <h2>{w.demo.title}</h2>
      <p className="faint">{w.demo.text}</p>
      <div className="row">
        <Action
          label={w.demo.place}
          hotkey="demo"
          look={me.state === 'READY' ? 'accent' : 'plain'}
          reason={reason}
          run={() => place(known)}
        />
        {(Object.keys(others) as (keyof typeof others)[]).map((who) => (
          <Action key={who} label={w.demo.caller[who]} reason={reason} run={() => place(CALLERS[who])} />
        ))}
        <OtherNumber place={(from) => void (reason === null && place({ from, to: LINE }))} />
      </div>
    </section>
  );
}

function OtherNumber({ place }: { readonly place: (number: string) => void }): ReactNode {
  const { w } = useWords();
  const [number, setNumber] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (number.trim() !== '') place(number.trim());
  };
  return (
    <form onSubmit={submit} className="demo-number">
      <Input
        value={number}
        onChange={(event) => setNumber(event.target.value)}
        placeholder={w.demo.number}
        aria-label={w.demo.number}
        inputMode="tel"
        maxLength={40}
      />
    </form>
  );
}
