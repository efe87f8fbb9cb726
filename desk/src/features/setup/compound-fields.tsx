import { Input } from 'antd';
import { type ReactNode, useId } from 'react';
import type { Entry } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { NONE, withValue } from './entries';
import { type FieldProps, Labelled, useHint } from './labelled';
import { RIGHTS } from './shape';

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const partOf = (value: unknown): Entry | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entry) : null);

interface SmallProps {
  readonly label: string;
  readonly value: unknown;
  readonly set: (value: string) => void;
  readonly options?: readonly (readonly [string, string])[];
  /** What is likely typed. */
  readonly likely?: readonly string[];
  readonly wide?: boolean;
}

/** A part of a field, with its own label. */
function Small({ label, value, set, options, likely, wide = false }: SmallProps): ReactNode {
  const id = useId();
  const text = textOf(value);
  return (
    <div className={wide ? 'setup-small setup-wide' : 'setup-small'}>
      <label htmlFor={id}>{label}</label>
      {options === undefined ? (
        <Input id={id} value={text} list={likely === undefined ? undefined : `${id}-likely`} autoComplete="off" dir="ltr" spellCheck={false} onChange={(event) => set(event.target.value.trim())} />
      ) : (
        <select id={id} value={text} onChange={(event) => set(event.target.value)}>
          {!options.some(([option]) => option === text) && <option value={text}>{text}</option>}
          {options.map(([option, said]) => (
            <option key={option} value={option}>
              {said}
            </option>
          ))}
        </select>
      )}
      {likely !== undefined && (
        <datalist id={`${id}-likely`}>
          {likely.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
    </div>
  );
}

/** The switches on which somebody has a phone. */
function switchesOf(users: readonly Entry[]): readonly string[] {
  const names = users.flatMap((user) => [partOf(user['phone'])?.['switch'], partOf(user['sparePhone'])?.['switch']]).map(textOf);
  return [...new Set(names.filter((name) => name !== ''))];
}

export function PhoneField(props: FieldProps): ReactNode {
  const { w } = useWords();
  const { name, entry, set, sections } = props;
  const hint = useHint(name);
  const phone = partOf(entry[name]);
  const switches = switchesOf(sections.users ?? []);
  const other = partOf(entry[name === 'phone' ? 'sparePhone' : 'phone']);
  const change = (key: string) => (value: string) => set({ ...phone, [key]: value });
  if (phone === null) {
    const fresh = { switch: switches[0] ?? 'asterisk', extension: '', kind: other?.['kind'] === 'browser' ? 'sip' : 'browser' };
    return (
      <Labelled {...props} hint={hint} group>
        <div className="row">
          <span className="faint">{name === 'phone' ? w.setupForm.noOwnPhone : w.setupForm.noPhone}</span>
          <Action label={w.setupForm.withPhone} look="quiet" run={() => set(fresh)} />
        </div>
      </Labelled>
    );
  }
  return (
    <Labelled {...props} hint={hint} group>
      <div className="setup-parts">
        <Small label={w.setupForm.labels.extension} value={phone['extension']} set={change('extension')} />
        <Small label={w.setupForm.kindOf} value={phone['kind']} set={change('kind')} options={(['browser', 'sip'] as const).map((kind) => [kind, w.setupForm.values[kind]])} />
        <Small label={w.setupForm.labels.switch} value={phone['switch']} set={change('switch')} likely={switches} />
        <Action label={w.setupForm.noPhone} look="quiet" run={() => set(NONE)} />
      </div>
    </Labelled>
  );
}

const numberOf = (text: string): unknown => (/^\d{1,9}$/.test(text) ? Number(text) : text);

/** The keys of a telephone by which a caller may choose something; 9 refuses to be recorded. */
const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8'] as const;

/** Words that callers hear, and how long they may speak after them. */
export function NoticeField(props: FieldProps & { readonly message: boolean }): ReactNode {
  const { w, language } = useWords();
  const { id, name, entry, set, message } = props;
  const hint = useHint(name);
  const notice = partOf(entry[name]);
  if (notice === null) {
    const fresh = language === 'zh' ? { version: 'zh-1', language: 'zh-CN', text: '' } : { version: 'en-1', language: 'en', text: '' };
    return (
      <Labelled {...props} hint={hint} group>
        <div className="row">
          <span className="faint">{w.setupForm.noWords}</span>
          <Action label={w.setupForm.withWords} look="quiet" run={() => set(fresh)} />
        </div>
      </Labelled>
    );
  }
  const change = (key: string) => (value: string) => set({ ...notice, [key]: value });
  const changeOr = (key: string) => (value: string) => set(withValue(notice, key, key === 'key' ? value : numberOf(value)));
  return (
    <Labelled {...props} hint={hint === '' ? w.setupForm.hints.version : `${hint} ${w.setupForm.hints.version}`} group>
      <Input.TextArea aria-label={word(w.setupForm.labels, name)} id={id} value={textOf(notice['text'])} rows={2} onChange={(event) => change('text')(event.target.value)} />
      <div className="setup-parts">
        <Small label={w.setupForm.labels.language} value={notice['language']} set={change('language')} likely={['zh-CN', 'en']} />
        <Small label={w.setupForm.labels.version} value={notice['version']} set={change('version')} />
        {message && (
          <>
            <Small label={w.setupForm.labels.mostSeconds} value={notice['mostSeconds']} set={changeOr('mostSeconds')} />
            <Small label={w.setupForm.labels.leastSeconds} value={notice['leastSeconds']} set={changeOr('leastSeconds')} />
            <Small label={w.setupForm.labels.key} value={notice['key']} set={changeOr('key')} options={[['', w.setupForm.none], ...KEYS.map((key) => [key, key] as const)]} />
          </>
        )}
        <Action label={w.setupForm.noWords} look="quiet" run={() => set(undefined)} />
      </div>
    </Labelled>
  );
}

/** Rights beyond those of the role. */
export function RightsField(props: FieldProps): ReactNode {
  const { w } = useWords();
  const { name, entry, set } = props;
  const chosen = Array.isArray(entry[name]) ? (entry[name] as readonly unknown[]).map(textOf) : [];
  return (
    <Labelled {...props} hint={useHint(name)} group>
      <div className="setup-ticks">
        {RIGHTS.map((right) => (
          <label key={right} className="tick">
            <input type="checkbox" checked={chosen.includes(right)} onChange={() => set(chosen.includes(right) ? chosen.filter((other) => other !== right) : [...chosen, right])} />
            <span>{w.setupForm.values[right]}</span>
          </label>
        ))}
      </div>
    </Labelled>
  );
}
