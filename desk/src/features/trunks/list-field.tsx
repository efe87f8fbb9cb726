import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import type { Wrong } from '../../client/trunks';
import { WrongHere } from './wrong-here';

interface ListFieldProps {
  readonly label: string;
  readonly hint: string;
  /** The entries' field, as the check names it. */
  readonly field: string;
  readonly entries: readonly string[];
  readonly wrong: readonly Wrong[];
  readonly change: (entries: readonly string[]) => void;
  /** A line for each entry; else they stand in one, apart by blanks. */
  readonly lines?: boolean;
}

function split(text: string): readonly string[] {
  return text.split(/[\s,，、]+/).filter((entry) => entry !== '');
}

/** Several short entries as a text; blanks and line ends are where they were typed. */
export function ListField({ label, hint, field, entries, wrong, change, lines = false }: ListFieldProps): ReactNode {
  const id = useId();
  const [text, setText] = useState(entries.join(lines ? '\n' : ' '));
  const same = split(text).join('\n') === entries.join('\n');
  const shown = same ? text : entries.join(lines ? '\n' : ' ');
  const mine = wrong.filter((one) => one.field.startsWith(`${field}/`));
  const type = (value: string): void => {
    setText(value);
    change(split(value));
  };
  const common = { id, value: shown, 'aria-invalid': mine.length > 0, 'aria-describedby': `${id}-hint`, dir: 'ltr', spellCheck: false } as const;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {lines ? (
        <Input.TextArea {...common} rows={Math.min(12, Math.max(3, entries.length + 1))} onChange={(event) => type(event.target.value)} />
      ) : (
        <Input {...common} onChange={(event) => type(event.target.value)} />
      )}
      <span id={`${id}-hint`} className="faint">
        {hint}
      </span>
      <WrongHere wrong={mine} />
    </div>
  );
}
