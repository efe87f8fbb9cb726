import { type ReactNode, useEffect, useId, useRef, useSyncExternalStore } from 'react';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';

/** As the server knows them. */
const REASONS = ['ASKED', 'SERVICE', 'DANGER'] as const;

/** Asks why a customer is called who does not want to be; nothing rings before the answer. */
export function DialAnyway(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const doubted = useSyncExternalStore(desk.dialDoubt.subscribe, desk.dialDoubt.get);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const open = doubted !== null;
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="key-map dial-anyway" aria-labelledby={id} onClose={() => desk.dialDoubt.set(null)}>
      {doubted !== null && (
        <>
          <h2 id={id}>{w.dial.doubt}</h2>
          <p className="figures">
            <bdi>{doubted.number}</bdi>
          </p>
          <p>{w.dial.doubtWhy}</p>
          <div className="row">
            <Action label={w.dial.doubtNo} look="accent" run={() => desk.dialDoubt.set(null)} />
            {REASONS.map((reason) => (
              <Action key={reason} label={w.dial.despite[reason]} run={() => desk.dial(doubted.number, doubted.queue, reason)} />
            ))}
          </div>
        </>
      )}
    </dialog>
  );
}
