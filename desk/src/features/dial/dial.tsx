import { Input } from 'antd';
import { colleagues } from '../../client/transfers';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { currentCall } from '../../store/select';
import { Action } from '../../ui/action';
import { useDesk, useLink, useView } from '../../ui/desk-context';
import { Mark, shapeOf } from '../../ui/mark';
import { useTargets } from '../call-bar/transfer';

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
  const call = async (to: string): Promise<void> => {
    await dial(to, null);
    setOpen(false);
    setNumber('');
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason === null && isDialable(number)) void call(number);
  };
  return (
    <section className="dial">
      <Action label={w.dial.open} hotkey="dial" pressed={open} reason={reason} run={() => setOpen(!open)} />
      {open && (
        <form onSubmit={submit} className="row">
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
      {open && reason === null && <Colleagues typed={number} call={call} />}
    </section>
  );
}

const MOST_COLLEAGUES = 8;

/** Colleagues by name or extension: one click calls them. */
function Colleagues({ typed, call }: { readonly typed: string; readonly call: (extension: string) => Promise<void> }): ReactNode {
  const { w } = useWords();
  const { targets } = useTargets();
  const found = targets === null ? [] : colleagues(targets, typed, MOST_COLLEAGUES);
  if (found.length === 0) return null;
  return (
    <ul className="colleagues" aria-label={w.inside.colleagues}>
      {found.map(({ agentId, name, state, free, extension }) => (
        <li key={agentId}>
          <button type="button" className="link" disabled={!free} onClick={() => void call(extension ?? '')}>
            <Mark shape={shapeOf(state)} /> <bdi>{name}</bdi> <span className="figures">{extension}</span>
          </button>{' '}
          {!free && <span className="faint">{word(w.state, state)}</span>}
        </li>
      ))}
    </ul>
  );
}

export function useDial(): (number: string, queue: string | null) => Promise<void> {
  const desk = useDesk();
  return (number, queue) => desk.dial(number.trim(), queue, null);
}

export function useWhyNoDialling(): string | null {
  const { w } = useWords();
  const link = useLink();
  const call = useView(currentCall);
  if (link.state !== 'up') return w.call.linkDown;
  return call !== null && call.phase !== 'DONE' && call.phase !== 'WRAP_UP' ? w.dial.inCall : null;
}
