import { Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { CallView, Filled } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { useDesk } from '../../ui/desk-context';
import { type Field, on, useOutcomes } from './dispositions';

const SAVED_AFTER = 400;
const LONGEST = 200;

/** What the line asks beside the disposition; saved as typed. */
export function OutcomeFields({ call }: { readonly call: CallView }): ReactNode {
  const desk = useDesk();
  const outcomes = useOutcomes();
  const fields = on(call.lineNumber, outcomes.fields);
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(() => new Map());
  const valueOf = (field: Field): string => typed.get(field.id) ?? said(call.answers, field.id);
  const answers = fields.map((field) => ({ field: field.id, value: valueOf(field) }));
  const unsaved = answers.some(({ field, value }) => value.trim() !== said(call.answers, field));
  useEffect(() => {
    if (!unsaved) return;
    const timer = setTimeout(
      // the outcome stays as it is: another one may have been chosen meanwhile
      () => void desk.carryOut({ type: 'dispose', callId: call.callId, disposition: null, answers }),
      SAVED_AFTER,
    );
    return () => clearTimeout(timer);
    // what is typed begins the wait anew; what the server answers does not
  }, [typed]);
  if (fields.length === 0) return null;
  return (
    <div className="outcome-fields">
      {fields.map((field) => (
        <OneField
          key={field.id}
          id={`outcome-${field.id}`}
          field={field}
          value={valueOf(field)}
          change={(value) => setTyped((before) => new Map(before).set(field.id, value))}
        />
      ))}
    </div>
  );
}

/** What stands in the record. */
function said(answers: readonly Filled[], id: string): string {
  return answers.find((answer) => answer.field === id)?.value ?? '';
}

interface OneProps {
  /** Of its input: the same field may be asked at two places of a page. */
  readonly id: string;
  readonly field: Field;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** A field of the outcome's form. */
export function OneField({ id, field, value, change }: OneProps): ReactNode {
  const { w } = useWords();
  const { fieldLabel } = useOutcomes();
  return (
    <p className="field outcome-field">
      <label htmlFor={id}>
        <bdi>{fieldLabel(field.id)}</bdi>
        {field.required && <span className="faint"> {w.wrapUp.required}</span>}
      </label>
      {field.kind === 'CHOICE' ? (
        <select id={id} value={value} required={field.required} onChange={(event) => change(event.target.value)}>
          <option value="">—</option>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <Input
          id={id}
          type={field.kind === 'DATE' ? 'date' : 'text'}
          inputMode={field.kind === 'NUMBER' ? 'decimal' : undefined}
          value={value}
          maxLength={LONGEST}
          required={field.required}
          dir="auto"
          onChange={(event) => change(event.target.value)}
        />
      )}
    </p>
  );
}

/** The fields of its line that are still empty and must not be. */
export function missingOf(call: CallView, fields: readonly Field[]): readonly Field[] {
  return on(call.lineNumber, fields).filter((field) => field.required && said(call.answers, field.id) === '');
}
