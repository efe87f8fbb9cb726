import type { ReactNode } from 'react';
import type { Entry, Sections, SetupWrong } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { wrongWords } from './wrongs';

/** What each field of a form is given. */
export interface FieldProps {
  readonly id: string;
  readonly name: string;
  readonly entry: Entry;
  readonly set: (value: unknown) => void;
  readonly wrong: readonly SetupWrong[];
  readonly sections: Sections;
}

/** What a field's own element is given, so that its label, hint and mistakes are told with it. */
export interface FieldMarks {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

export function marksOf({ id, wrong }: Pick<FieldProps, 'id' | 'wrong'>): FieldMarks {
  return { id, 'aria-invalid': wrong.length > 0, 'aria-describedby': `${id}-hint ${id}-wrong` };
}

export function useHint(name: string, more = ''): string {
  const { w } = useWords();
  const hint = Object.hasOwn(w.setupForm.hints, name) ? word(w.setupForm.hints, name) : '';
  return hint === '' || more === '' ? hint + more : `${hint} ${more}`;
}

interface LabelledProps extends Pick<FieldProps, 'id' | 'name' | 'wrong'> {
  readonly hint: string;
  /** Several elements under one label. */
  readonly group?: boolean;
  readonly children: ReactNode;
}

/** A field with its label, its hint, and what is wrong with it. */
export function Labelled({ id, name, wrong, hint, group = false, children }: LabelledProps): ReactNode {
  const { w } = useWords();
  const label = word(w.setupForm.labels, name);
  const below = (
    <>
      <span id={`${id}-hint`} className="faint">
        {hint}
      </span>
      <WrongOf id={`${id}-wrong`} wrong={wrong} />
    </>
  );
  if (group) {
    return (
      <fieldset className="field setup-group" aria-describedby={`${id}-hint ${id}-wrong`}>
        <legend>{label}</legend>
        {children}
        {below}
      </fieldset>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {below}
    </div>
  );
}

export function WrongOf({ id, wrong }: { readonly id: string; readonly wrong: readonly SetupWrong[] }): ReactNode {
  const { w } = useWords();
  return (
    <span id={id} role="status" className="panel-wrong">
      {[...new Set(wrong.map(({ detail }) => wrongWords(detail, w)))].map((text) => (
        <bdi key={text}>{text} </bdi>
      ))}
    </span>
  );
}
