import { Input } from 'antd';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import type { DeskFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import type { Drafts } from '../../ui/drafts';
import { faultWords } from '../../ui/fault-words';

interface SettleProps {
  /** Under which name the words are kept until they are sent. */
  readonly name: string;
  readonly drafts: Drafts;
  readonly send: (measure: string) => Promise<DeskFault | null>;
  readonly leave: () => void;
}

const LONGEST = 500;

/** How it was dealt with, in words. Nothing that was typed is lost before it is sent. */
export function SettleForm({ name, drafts, send, leave }: SettleProps): ReactNode {
  const { w } = useWords();
  const id = useId();
  const [measure, setMeasure] = useState(() => drafts.get(name) ?? '');
  const [fault, setFault] = useState<DeskFault | null>(null);
  const type = (text: string): void => {
    setMeasure(text);
    drafts.set(name, text === '' ? null : text);
  };
  const submit = async (): Promise<void> => {
    if (measure.trim() === '') return;
    const refused = await send(measure.trim());
    setFault(refused);
    if (refused !== null) return;
    drafts.set(name, null);
    leave();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
    else if (event.key === 'Escape') leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="settle" onKeyDown={press}>
      <label htmlFor={id}>{w.watch.measure}</label>
      <Input.TextArea
        id={id}
        value={measure}
        onChange={(event) => type(event.target.value)}
        rows={3}
        maxLength={LONGEST}
        dir="auto"
        autoFocus
      />
      {fault !== null && (
        <p className="panel-wrong" role="alert">
          {faultWords(fault, w)}
        </p>
      )}
      <div className="row">
        <Action label={w.watch.save} look="accent" reason={measure.trim() === '' ? w.watch.needWords : null} run={submit} />
        <Action label={w.watch.notNow} look="quiet" run={leave} />
      </div>
    </div>
  );
}
