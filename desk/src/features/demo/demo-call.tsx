import { Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { asFault } from '../../client/faults';
import { groupNumber } from '../../format/number';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk, useMe } from '../../ui/desk-context';

/** Numbers of the demo's customers and some that belong to nobody; see docs/demo-data.md. */
const README_CUSTOMER = '+8613800138000';
const NOBODY = '+8615400000000';
const LINE = '4008001234';

/** One click and the demo phone system calls, as if somebody had dialled the service line. */
export function DemoCall(): ReactNode {
  const { w, home } = useWords();
  const desk = useDesk();
  const me = useMe();
  const [number, setNumber] = useState('');
  if (!desk.session.permissions.includes('PLACE_TEST_CALLS')) return null;
  const place = async (from: string): Promise<void> => {
    desk.ring.unlock();
    try {
      await desk.rest.post('/calls', { from, to: LINE });
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
  };
  const reason = me.state === 'READY' ? null : w.demo.notReady;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && number.trim() !== '') void place(number.trim());
  };
  return (
    <section className="demo">
      <h2>{w.demo.title}</h2>
      <p>{w.demo.text}</p>
      <div className="row">
        <Action label={w.demo.place} hotkey="o" look="accent" reason={reason} run={() => place(README_CUSTOMER)} />
        <Action label={w.demo.unknown} reason={reason} run={() => place(NOBODY)} hint={groupNumber(NOBODY, home)} />
        <Action label={w.demo.withheld} reason={reason} run={() => place('anonymous')} />
        <form onSubmit={submit} className="demo-number">
          <Input
            value={number}
            onChange={(event) => setNumber(event.target.value)}
            placeholder={w.demo.number}
            aria-label={w.demo.number}
            inputMode="tel"
          />
        </form>
      </div>
    </section>
  );
}
