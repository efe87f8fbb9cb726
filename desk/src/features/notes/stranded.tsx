import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk, useView } from '../../ui/desk-context';

/** Notes of an earlier page whose call has left the desk: handed in, or copied and thrown away. */
export function Stranded(): ReactNode {
  const { w } = useWords();
  const { notes } = useDesk();
  const calls = useView((view) => view.calls);
  const [failed, setFailed] = useState(false);
  const [, again] = useState(0);
  const first = notes.stranded(calls)[0];
  if (first === undefined) return null;
  const handIn = async (): Promise<void> => {
    try {
      await notes.rescue(first.callId);
    } catch {
      setFailed(true);
    }
    again((count) => count + 1);
  };
  const discard = (): void => {
    notes.discard(first.callId);
    setFailed(false);
    again((count) => count + 1);
  };
  return (
    <section className="stranded" role="status">
      <p>{failed ? w.notes.handInFailed : w.notes.stranded}</p>
      <blockquote dir="auto">{first.text}</blockquote>
      <div className="row">
        {!failed && <Action label={w.notes.handIn} run={handIn} />}
        <Action label={w.notes.copy} run={() => navigator.clipboard?.writeText(first.text)} />
        <Action label={w.notes.discard} look="quiet" run={discard} />
      </div>
    </section>
  );
}
