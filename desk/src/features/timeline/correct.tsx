import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { asFault } from '../../client/faults';
import type { HistoryCall } from '../../client/history';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';
import { type Field, on, useOutcomes } from '../wrap-up/dispositions';
import { OneField } from '../wrap-up/outcome-fields';

const LONGEST_NOTE = 20_000;

interface CorrectProps {
  readonly callId: string;
  readonly call: HistoryCall;
  /** It is corrected, or left as it is. */
  readonly close: (corrected: boolean) => void;
}

/** One's own record of an older call: outcome, answers and notes as they shall stand. */
export function Correct({ callId, call, close }: CorrectProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const outcomes = useOutcomes();
  const fields = on(call.line, outcomes.fields);
  const before = call.notes.find((note) => note.mine)?.text ?? '';
  const [outcome, setOutcome] = useState(call.disposition ?? '');
  const [typed, setTyped] = useState(() => new Map(call.answers.map(({ field, value }) => [field, value])));
  const [notes, setNotes] = useState(before);
  const missing = fields.filter((field) => field.required && (typed.get(field.id) ?? '').trim() === '');
  const order = {
    disposition: outcome === call.disposition || outcome === '' ? null : outcome,
    answers: isAnswered(call, fields, typed) ? null : fields.map(({ id }) => ({ field: id, value: typed.get(id) ?? '' })),
    notes: notes === before ? null : notes,
  };
  const nothing = Object.values(order).every((one) => one === null);
  const save = async (): Promise<void> => {
    try {
      await desk.rest.post(`/calls/${callId}/corrections`, order);
      close(true);
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
  };
  return (
    <section className="correct" aria-label={w.timeline.correct.title}>
      <p className="field">
        <label htmlFor="correct-outcome">{w.wrapUp.title}</label>
        <select id="correct-outcome" autoFocus value={outcome} onChange={(event) => setOutcome(event.target.value)}>
          {outcomes.every(call.disposition).map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      </p>
      {fields.map((field) => (
        <OneField key={field.id} id={`correct-${field.id}`} field={field} value={typed.get(field.id) ?? ''} change={(value) => setTyped((now) => new Map(now).set(field.id, value))} />
      ))}
      <p className="field">
        <label htmlFor="correct-notes">{w.notes.title}</label>
        <Input.TextArea id="correct-notes" autoSize={{ minRows: 2, maxRows: 8 }} maxLength={LONGEST_NOTE} value={notes} dir="auto" onChange={(event) => setNotes(event.target.value)} />
      </p>
      <div className="row">
        <Action label={w.timeline.correct.save} look="accent" reason={nothing ? w.timeline.correct.nothing : missingWords(missing, outcomes.fieldLabel, w.timeline.correct.missing)} run={save} />
        <Action label={w.timeline.correct.cancel} run={() => close(false)} />
      </div>
    </section>
  );
}

/** Whether the fields stand as they stood. */
function isAnswered(call: HistoryCall, fields: readonly Field[], typed: ReadonlyMap<string, string>): boolean {
  const stood = new Map(call.answers.map(({ field, value }) => [field, value]));
  return fields.every(({ id }) => (typed.get(id) ?? '').trim() === (stood.get(id) ?? ''));
}

function missingWords(missing: readonly Field[], label: (id: string) => string, say: (fields: string) => string): string | null {
  return missing.length === 0 ? null : say(missing.map(({ id }) => label(id)).join(', '));
}
