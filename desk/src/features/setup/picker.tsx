import { Button, Input } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { Entry, SectionName } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { means } from '../../keys/keys';
import { labelOf, nameOf } from './entries';
import { type FieldProps, Labelled, useHint } from './labelled';

/** So many are offered at once. */
const OFFERED = 8;

interface PickerProps extends Omit<FieldProps, 'entry' | 'set' | 'sections'> {
  readonly of: SectionName;
  readonly all: readonly Entry[];
  readonly chosen: readonly string[];
  readonly set: (chosen: readonly string[]) => void;
  /** Why there is nobody to choose from; null where there is. */
  readonly unseen: string | null;
}

/** Several entries of another section: taken out by a button each, found by typing. */
export function Picker(props: PickerProps): ReactNode {
  const { id, name, of, all, chosen, set, unseen } = props;
  const { w, language } = useWords();
  const [text, setText] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const said = (one: string): string => {
    const entry = all.find((other) => nameOf(of, other) === one);
    return entry === undefined ? one : labelOf(of, entry, language);
  };
  const wanted = text.trim().toLocaleLowerCase();
  const left = all.map((entry) => nameOf(of, entry)).filter((one) => one !== '' && !chosen.includes(one));
  const found = left.filter((one) => `${one} ${said(one)}`.toLocaleLowerCase().includes(wanted));
  const offered = wanted === '' && left.length > OFFERED ? [] : found.slice(0, OFFERED);
  const add = (one: string): void => {
    setText('');
    set([...chosen, one]);
    box.current?.querySelector('input')?.focus();
  };
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    const stops = [...(box.current?.querySelectorAll<HTMLElement>('input, .setup-offered button') ?? [])];
    const at = stops.indexOf(event.target as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && at >= 0) stops[Math.min(Math.max(0, at + step), stops.length - 1)]?.focus();
    else if (means('open', event.key) && at === 0 && wanted !== '' && offered[0] !== undefined) add(offered[0]);
    else return;
    event.preventDefault();
  };
  return (
    <Labelled {...props} hint={useHint(name, unseen ?? (left.length > 0 ? w.setupForm.pickHint : ''))} group>
      <ul className="setup-chosen">
        {chosen.length === 0 && <li className="faint">{w.setupForm.nothingChosen}</li>}
        {chosen.map((one) => (
          <li key={one}>
            <bdi>{said(one)}</bdi>
            <Button type="text" size="small" aria-label={w.setupForm.takeOut(said(one))} onClick={() => set(chosen.filter((other) => other !== one))}>
              ×
            </Button>
          </li>
        ))}
      </ul>
      {unseen === null && left.length > 0 && (
        <div ref={box} className="setup-pick" onKeyDown={walk}>
          <Input id={id} type="search" value={text} aria-label={w.setupForm.pick(word(w.setupForm.labels, name))} placeholder={w.setupForm.pick(word(w.setupForm.labels, name))} autoComplete="off" onChange={(event) => setText(event.target.value)} />
          <ul className="setup-offered">
            {offered.map((one) => (
              <li key={one}>
                <Button size="small" onClick={() => add(one)}>
                  + <bdi>{said(one)}</bdi>
                </Button>
              </li>
            ))}
            {found.length > offered.length && <li className="faint">{w.setupForm.more(found.length - offered.length)}</li>}
          </ul>
        </div>
      )}
    </Labelled>
  );
}
