import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../i18n/language';
import { useDesk } from '../../ui/desk-context';
import { TryNumber } from './try-number';

interface TryNumberDialogProps {
  readonly open: boolean;
  readonly close: () => void;
}

/** The same in a window above the desk. */
export function TryNumberDialog({ open, close }: TryNumberDialogProps): ReactNode {
  const { w } = useWords();
  const { rest } = useDesk();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="key-map" aria-label={w.numbers.title} onClose={close}>
      {open && <TryNumber rest={rest} />}
      <Button onClick={close}>{w.numbers.close}</Button>
    </dialog>
  );
}
