import { Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';

export const KINDS = ['mobile', 'home', 'work', 'main-line', 'email', 'foreign-id'] as const;
export const LEVELS = ['STANDARD', 'SILVER', 'GOLD', 'PLATINUM'] as const;
export const LANGUAGES = ['zh-CN', 'en'] as const;

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly autoFocus?: boolean;
}

export function TextField({ label, value, change, autoFocus = false }: TextProps): ReactNode {
  return (
    <label className="field">
      <span>{label}</span>
      <Input value={value} onChange={(event) => change(event.target.value)} maxLength={200} autoFocus={autoFocus} dir="auto" />
    </label>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly words: Readonly<Record<string, string | ((value: string) => string)>>;
  readonly change: (value: string) => void;
}

export function PickField({ label, value, options, words, change }: PickProps): ReactNode {
  const id = useId();
  const all = options.includes(value) ? options : [value, ...options];
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <select id={id} value={value} onChange={(event) => change(event.target.value)}>
        {all.map((option) => (
          <option key={option} value={option}>
            {word(words, option)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function KindField({ value, change }: { readonly value: string; readonly change: (value: string) => void }): ReactNode {
  const { w } = useWords();
  return <PickField label={w.panel.numberKind} value={value} options={KINDS} words={w.identity} change={change} />;
}
