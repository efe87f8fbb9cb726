import { Input } from 'antd';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import type { Reading, Rules, TrunkApi } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { faultWords } from '../../ui/fault-words';
import { ReadNumber } from './reading';

interface TryNumberProps {
  readonly api: TrunkApi;
  /** By which it is read, as they stand on the page. */
  readonly rules: Rules;
  /** Whether they can be set at all. */
  readonly sound: boolean;
  readonly changed: boolean;
}

/** Typing stops for so long before it is read. */
const PAUSE = 250;

/** How a number would be read, while it is typed and while the rules are changed; nothing is in force. */
export function TryNumber({ api, rules, sound, changed }: TryNumberProps): ReactNode {
  const { w } = useWords();
  const [number, setNumber] = useState('');
  const [reading, setReading] = useState<Reading | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const title = useId();
  const wanted = number.trim();
  useEffect(() => {
    if (wanted === '') setReading(null);
    if (wanted === '' || !sound) return;
    let stopped = false;
    const timer = setTimeout(() => {
      api.try(wanted, rules).then(
        (read) => !stopped && (setReading(read), setFault(null)),
        (error: unknown) => !stopped && setFault(asFault(error)),
      );
    }, PAUSE);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [api, rules, sound, wanted]);
  return (
    <section aria-labelledby={title} className="try-number">
      <h2 id={title}>{w.numbers.title}</h2>
      <p className="faint">{!sound ? w.numbers.notSound : changed ? w.numbers.byDraft : w.numbers.byKept}</p>
      <Input
        value={number}
        onChange={(event) => setNumber(event.target.value)}
        placeholder="013800138000"
        aria-label={w.numbers.number}
        inputMode="tel"
        maxLength={256}
      />
      {fault !== null && <p role="alert">{faultWords(fault, w)}</p>}
      {reading !== null && <ReadNumber reading={reading} />}
    </section>
  );
}
