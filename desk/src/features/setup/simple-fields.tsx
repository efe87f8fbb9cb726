import { Input } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { labelOf, nameOf } from './entries';
import { type FieldProps, Labelled, marksOf, useHint, WrongOf } from './labelled';
import type { FieldShape } from './shape';
import { groupsFor } from './tree';

type Of<K extends FieldShape['kind']> = FieldProps & { readonly shape: Extract<FieldShape, { kind: K }> };

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const zones = (): readonly string[] => Intl.supportedValuesOf('timeZone');

export function TextField(props: Of<'text'>): ReactNode {
  const { name, entry, set, shape } = props;
  const list = useId();
  const common = { ...marksOf(props), value: textOf(entry[name]), ...(shape.latin ? { dir: 'ltr', spellCheck: false } : {}) };
  return (
    <Labelled {...props} hint={useHint(name)}>
      {shape.long ? (
        <Input.TextArea {...common} rows={4} onChange={(event) => set(event.target.value)} />
      ) : (
        <Input {...common} list={shape.zones ? list : undefined} autoComplete="off" onChange={(event) => set(event.target.value)} />
      )}
      {shape.zones && (
        <datalist id={list}>
          {zones().map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      )}
    </Labelled>
  );
}

/** What names an entry, once it is in force. */
export function FixedField({ id, name, entry }: Pick<FieldProps, 'id' | 'name' | 'entry'>): ReactNode {
  const { w } = useWords();
  return (
    <p className="setup-fixed" id={id}>
      <span className="faint">{word(w.setupForm.labels, name)}</span> <bdi className="figures">{textOf(entry[name])}</bdi>
    </p>
  );
}

export function NumberField(props: Of<'number'>): ReactNode {
  const { w } = useWords();
  const { name, entry, set, shape } = props;
  const typed = (text: string): unknown => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : text.trim());
  return (
    <Labelled {...props} hint={useHint(name, shape.usual === undefined ? '' : w.setupForm.usual(shape.usual))}>
      <Input {...marksOf(props)} className="setup-number figures" inputMode="numeric" value={textOf(entry[name])} placeholder={shape.usual} onChange={(event) => set(typed(event.target.value))} />
    </Labelled>
  );
}

export function FlagField(props: Of<'flag'>): ReactNode {
  const { w } = useWords();
  const { name, entry, set, wrong, shape } = props;
  const hint = useHint(name);
  const value = entry[name];
  const checked = value === undefined ? shape.leftOut : value === true || value === 'true';
  // the file has these two in words at all times
  const always = name === 'recorded' || name === 'required';
  return (
    <div className="field">
      <label className="tick">
        <input type="checkbox" {...marksOf(props)} checked={checked} onChange={() => set(!always && !checked === shape.leftOut ? undefined : !checked)} />
        <span>{word(w.setupForm.labels, name)}</span>
      </label>
      <span id={`${props.id}-hint`} className="faint">
        {hint}
      </span>
      <WrongOf id={`${props.id}-wrong`} wrong={wrong} />
    </div>
  );
}

interface ChooseProps extends FieldProps {
  readonly options: readonly (readonly [string, string])[];
  /** What stands for none; not offered where one is needed. */
  readonly none: string | null;
}

function Choose(props: ChooseProps): ReactNode {
  const { name, entry, set, options, none } = props;
  const value = textOf(entry[name]);
  const known = options.some(([option]) => option === value);
  return (
    <Labelled {...props} hint={useHint(name)}>
      <select {...marksOf(props)} value={value} onChange={(event) => set(event.target.value)}>
        {(none !== null || value === '') && <option value="">{none ?? ''}</option>}
        {!known && value !== '' && <option value={value}>{value}</option>}
        {options.map(([option, label]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export function ChoiceField(props: Of<'choice'>): ReactNode {
  const { w } = useWords();
  const { options, none } = props.shape;
  return <Choose {...props} options={options.map((option) => [option, word(w.setupForm.values, option)])} none={none ? w.setupForm.nothingChosen : null} />;
}

/** One entry of another section. */
export function OneField(props: Of<'one'>): ReactNode {
  const { w, language } = useWords();
  const { of, none } = props.shape;
  const options = (props.sections[of] ?? []).map((entry) => [nameOf(of, entry), labelOf(of, entry, language)] as const).filter(([name]) => name !== '');
  return <Choose {...props} options={options} none={none ? (of === 'hours' ? w.setupForm.always : w.setupForm.nothingChosen) : null} />;
}

/** The group of a disposition: any but itself and what stands in it. */
export function GroupField(props: FieldProps): ReactNode {
  const { w, language } = useWords();
  const all = props.sections.dispositions ?? [];
  const own = nameOf('dispositions', props.entry);
  const options = groupsFor(all, own === '' ? null : own).map((code) => {
    const entry = all.find((one) => nameOf('dispositions', one) === code);
    return [code, entry === undefined ? code : labelOf('dispositions', entry, language)] as const;
  });
  return <Choose {...props} options={options} none={w.setupForm.nothingChosen} />;
}

/** Short texts, one on each line. */
export function TextsField(props: FieldProps): ReactNode {
  const { w } = useWords();
  const { name, entry, set } = props;
  const value = Array.isArray(entry[name]) ? (entry[name] as readonly unknown[]).map(textOf) : [];
  const [text, setText] = useState(value.join('\n'));
  const split = (typed: string): readonly string[] => typed.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const shown = split(text).join('\n') === value.join('\n') ? text : value.join('\n');
  const type = (typed: string): void => {
    setText(typed);
    set(split(typed));
  };
  return (
    <Labelled {...props} hint={w.setupForm.onePerLine}>
      <Input.TextArea {...marksOf(props)} value={shown} rows={Math.min(10, value.length + 2)} onChange={(event) => type(event.target.value)} />
    </Labelled>
  );
}
