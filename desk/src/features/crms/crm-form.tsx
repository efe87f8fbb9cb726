import { Input } from 'antd';
import { type ReactNode, useId } from 'react';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';

/** A setting as it is typed. */
export interface Typed {
  readonly name: string;
  readonly value: string;
}

export interface CrmDraft {
  readonly file: string;
  readonly settings: readonly Typed[];
  readonly internal: boolean;
}

/** What is sent of it; what has no name is none. */
export function settingsOf(typed: readonly Typed[]): Record<string, string> {
  return Object.fromEntries(typed.map(({ name, value }) => [name.trim(), value] as const).filter(([name]) => name !== ''));
}

/**
 * Settings that a file asks for, by its own list of them; those that were typed stay. A help only: the server says what
 * is missing.
 */
export function withDeclared(file: string, typed: readonly Typed[]): readonly Typed[] {
  const [, inline, block] = /^settings:[ \t]*(?:\{([^}]*)\}|\r?\n((?:[ \t]+.*(?:\r?\n|$)|[ \t]*\r?\n)*))/m.exec(file) ?? [];
  const indent = /^([ \t]+)/.exec(block ?? '')?.[1] ?? '';
  const lines = inline !== undefined ? inline.split(',') : (block ?? '').split('\n').filter((line) => line.startsWith(indent) && !/^\s/.test(line.slice(indent.length)));
  const names = lines.map((line) => /^\s*([A-Za-z0-9_.-]+)\s*:/.exec(line)?.[1]).filter((name) => name !== undefined);
  const known = new Set(typed.map(({ name }) => name));
  const kept = typed.filter(({ name, value }) => value !== '' || names.includes(name));
  return [...kept, ...names.filter((name) => !known.has(name)).map((name) => ({ name, value: '' }))];
}

interface CrmFormProps {
  readonly draft: CrmDraft;
  /** Names of settings that are kept already: an empty field leaves them as they are. */
  readonly kept: readonly string[];
  readonly change: (draft: CrmDraft) => void;
}

/** A file, pasted or chosen, and what stands in no file. */
export function CrmForm({ draft, kept, change }: CrmFormProps): ReactNode {
  const { w } = useWords();
  const id = useId();
  const setFile = (file: string): void => change({ ...draft, file, settings: withDeclared(file, draft.settings) });
  const setting = (at: number, typed: Partial<Typed>): void =>
    change({ ...draft, settings: draft.settings.map((one, index) => (index === at ? { ...one, ...typed } : one)) });
  return (
    <div className="crm-form">
      <label htmlFor={`${id}-choose`}>{w.crms.choose}</label>
      <input
        id={`${id}-choose`}
        type="file"
        accept=".yaml,.yml,text/yaml"
        onChange={(event) => void event.target.files?.[0]?.text().then(setFile)}
      />
      <label htmlFor={`${id}-file`}>{w.crms.file}</label>
      <Input.TextArea
        id={`${id}-file`}
        value={draft.file}
        onChange={(event) => setFile(event.target.value)}
        rows={14}
        dir="ltr"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
      />
      <span id={`${id}-hint`} className="faint">
        {w.crms.fileHint}
      </span>
      <fieldset className="crm-settings">
        <legend>{w.crms.settings}</legend>
        <p className="faint">{w.crms.settingsHint}</p>
        {draft.settings.map((one, at) => (
          <div className="row" key={at}>
            <Input className="crm-setting-name" value={one.name} onChange={(event) => setting(at, { name: event.target.value })} placeholder={w.crms.settingName} aria-label={w.crms.settingName} dir="ltr" spellCheck={false} />
            <Input
              type="password"
              className="crm-setting-value"
              value={one.value}
              onChange={(event) => setting(at, { value: event.target.value })}
              placeholder={kept.includes(one.name) ? w.crms.settingKept : w.crms.settingValue}
              aria-label={w.crms.settingOf(one.name)}
              autoComplete="off"
              dir="ltr"
            />
            <Action label={w.crms.settingAway} look="quiet" run={() => change({ ...draft, settings: draft.settings.filter((_, index) => index !== at) })} />
          </div>
        ))}
        <Action label={w.crms.settingMore} look="quiet" run={() => change({ ...draft, settings: [...draft.settings, { name: '', value: '' }] })} />
      </fieldset>
      <label className="crm-check">
        <input type="checkbox" checked={draft.internal} onChange={(event) => change({ ...draft, internal: event.target.checked })} />
        <span>
          {w.crms.internal} <span className="faint">{w.crms.internalMeans}</span>
        </span>
      </label>
    </div>
  );
}
