import { Input } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/language';
import { currentCall } from '../../store/select';
import { Action } from '../../ui/action';
import { useDesk, useLink, useView } from '../../ui/desk-context';

const NUMBER = /^[+0-9][0-9 ().-]{1,38}$/;

/** Whether this could be dialled; what may be, the server decides. */
export function isDialable(text: string): boolean {
  return NUMBER.test(text.trim());
}

interface DialProps {
  readonly number: string;
  /** Whose owed call-back this is. */
  readonly queue?: string | null;
  readonly label?: string;
}

/** Calls this number; not there for those who may not, and for what is no number. */
export function DialAction({ number, queue = null, label }: DialProps): ReactNode {
  const { w } = useWords();
  const { session } = useDesk();
  const dial = useDial();
  const reason = useWhyNoDialling();
  if (!session.permissions.includes('DIAL_OUT') || !isDialable(number)) return null;
  return <Action label={label ?? w.dial.call} look="quiet" reason={reason} run={() => dial(number, queue)} />;
}

/** A field for any number, open by its key. */
export function DialField(): ReactNode {
  const { w } = useWords();
  const { session } = useDesk();
  const [open, setOpen] = useState(false);
  const [number, setNumber] = useState('');
  const field = useRef<HTMLDivElement>(null);
  const dial = useDial();
  const reason = useWhyNoDialling();
  useEffect(() => {
    if (open) field.current?.querySelector('input')?.focus();
  }, [open]);
  if (!session.permissions.includes('DIAL_OUT')) return null;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (reason !== null || !isDialable(number)) return;
    await dial(number, null);
    setOpen(false);
    setNumber('');
  };
  return (
    <section className="dial">
      <Action label={w.dial.open} hotkey="dial" pressed={open} reason={reason} run={() => setOpen(!open)} />
      {open && (
        <form onSubmit={(event) => void submit(event)} className="row">
          <div ref={field}>
            <Input
              value={number}
              onChange={(event) => setNumber(event.target.value)}
              placeholder={w.dial.number}
              aria-label={w.dial.number}
              inputMode="tel"
              maxLength={40}
            />
          </div>
          <button type="submit" className="link" disabled={!isDialable(number)}>
            {w.dial.call}
          </button>
        </form>
      )}
    </section>
  );
}

function useDial(): (number: string, queue: string | null) => Promise<void> {
  const desk = useDesk();
  return (number, queue) => desk.dial(number.trim(), queue, null);
}

function useWhyNoDialling(): string | null {
  const { w } = useWords();
  const link = useLink();
  const call = useView(currentCall);
  if (link.state !== 'up') return w.call.linkDown;
  return call !== null && call.phase !== 'DONE' && call.phase !== 'WRAP_UP' ? w.dial.inCall : null;
}
