import { lazy, type ReactNode, Suspense, useEffect, useRef, useSyncExternalStore } from 'react';
import { useWords } from '../../i18n/language';
import { useKey } from '../../keys/use-key';
import { currentCall } from '../../store/select';
import { Action } from '../../ui/action';
import { useDesk, useView } from '../../ui/desk-context';
import { File } from './file';
import { NewCustomer } from './new-customer';
import { Search } from './search';

const PhoneCheck = lazy(async () => ({ default: (await import('../phone-check/phone-check')).PhoneCheck }));

/** The call whose customer a found one may be, whoever routes it: not one that is finished. */
export function useOpenCall(): ReturnType<typeof currentCall> {
  const call = useView(currentCall);
  return call === null || call.phase === 'DONE' ? null : call;
}

/** The search, a customer's file, a new customer or the phone check, over the page; the call goes on below. */
export function CustomerPanel(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const shown = useSyncExternalStore(desk.panel.subscribe, desk.panel.get);
  const dialog = useRef<HTMLDialogElement>(null);
  useKey('search', () => desk.panel.search());
  // the event comes later than the key: it may be open again
  const closed = (): void => {
    if (dialog.current?.open !== true) desk.panel.close();
  };
  useEffect(() => {
    if (shown !== null) dialog.current?.showModal();
    else dialog.current?.close();
  }, [shown]);
  return (
    <dialog ref={dialog} className="panel" aria-label={w.panel.label} onClose={closed}>
      {shown?.what === 'search' && <Search key={shown.merge} merge={shown.merge} />}
      {shown?.what === 'file' && <File key={shown.customerId} id={shown.customerId} />}
      {shown?.what === 'new' && <NewCustomer />}
      {shown?.what === 'phone' && (
        <Suspense fallback={<p className="faint">{w.office.opening}</p>}>
          <PhoneCheck />
        </Suspense>
      )}
      {shown !== null && (
        <div className="panel-close">
          <Action label={w.panel.close} look="quiet" run={() => desk.panel.close()} />
        </div>
      )}
    </dialog>
  );
}
