import { Input } from 'antd';
import { type ComponentRef, type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { clock } from '../../format/time';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { isText } from '../../keys/keyboard';
import { useKey } from '../../keys/use-key';
import { isConnected } from '../../store/select';
import { useDesk } from '../../ui/desk-context';
import type { NotesState } from './keeper';

const LONGEST = 20_000;

/** Notes as typed. They get the cursor when the talk begins, and only then. */
export function Notes({ call }: { readonly call: CallView }): ReactNode {
  const { w, locale } = useWords();
  const { notes } = useDesk();
  const state = useSyncExternalStore(notes.subscribe, () => notes.get(call.callId));
  const field = useRef<ComponentRef<typeof Input.TextArea>>(null);
  const talking = isConnected(call);
  useEffect(() => {
    if (talking && !isText(document.activeElement)) field.current?.focus({ cursor: 'end' });
  }, [talking, call.callId]);
  useKey('n', () => field.current?.focus({ cursor: 'end' }));
  return (
    <section className="notes">
      <h2>
        <label htmlFor="notes">{w.notes.title}</label>
        <span className={`notes-status notes-${state?.status ?? 'saved'}`} role="status">
          {statusWord(state, w, locale)}
        </span>
      </h2>
      <Input.TextArea
        id="notes"
        ref={field}
        value={state?.text ?? call.notes}
        onChange={(event) => notes.edit(call.callId, event.target.value)}
        placeholder={w.notes.placeholder}
        maxLength={LONGEST}
        aria-keyshortcuts="n"
        dir="auto"
        variant="borderless"
      />
      <p className="notes-escape faint">{w.notes.escape}</p>
    </section>
  );
}

function statusWord(state: NotesState | null, w: Words, locale: string): string {
  if (state === null) return '';
  if (state.status !== 'saved') return w.notes[state.status];
  if (state.savedAt !== null) return w.notes.saved(clock(state.savedAt, locale));
  return state.text === '' ? '' : w.notes.savedPlain;
}
