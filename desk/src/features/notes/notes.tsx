import { Input } from 'antd';
import { type ComponentRef, type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { clock } from '../../format/time';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { isText } from '../../keys/keyboard';
import { mainKey, spokenKeys } from '../../keys/keys';
import { useKey } from '../../keys/use-key';
import { isConnected } from '../../store/select';
import { useDesk } from '../../ui/desk-context';
import { keyWords } from '../../ui/key-cap';
import type { NotesState } from './keeper';
import { Templates } from './templates';

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
  useKey('notes', () => field.current?.focus({ cursor: 'end' }));
  const text = state?.text ?? call.notes;
  const insert = (template: string): void => {
    notes.edit(call.callId, (text === '' ? template : `${text.replace(/\s*$/, '')}\n${template}`).slice(0, LONGEST));
    // the text is there after the next drawing
    requestAnimationFrame(() => field.current?.focus({ cursor: 'end' }));
  };
  return (
    <section className="notes">
      <h2>
        <label htmlFor="notes">{w.notes.title}</label>
        <Templates call={call} insert={insert} />
        <span className={`notes-status notes-${state?.status ?? 'saved'}`} role="status">
          {statusWord(state, w, locale)}
        </span>
      </h2>
      <Input.TextArea
        id="notes"
        ref={field}
        value={text}
        onChange={(event) => notes.edit(call.callId, event.target.value)}
        placeholder={w.notes.placeholder}
        maxLength={LONGEST}
        aria-keyshortcuts={spokenKeys('notes')}
        dir="auto"
        variant="borderless"
      />
      <p className="notes-escape faint">{w.notes.escape(keyWords(mainKey('mute'), w), keyWords(mainKey('hold'), w))}</p>
    </section>
  );
}

function statusWord(state: NotesState | null, w: Words, locale: string): string {
  if (state === null) return '';
  if (state.status !== 'saved') return w.notes[state.status];
  if (state.savedAt !== null) return w.notes.saved(clock(state.savedAt, locale));
  return state.text === '' ? '' : w.notes.savedPlain;
}
