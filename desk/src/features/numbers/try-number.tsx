import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useEffect, useId, useState } from 'react';
import { DeskFault, asFault } from '../../client/faults';
import type { Rest } from '../../client/rest';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';

interface Step {
  readonly side: 'CALLER' | 'LINE';
  readonly code: string;
  readonly detail: string;
  readonly text: string;
}

interface Reading {
  readonly state: string;
  readonly number: string | null;
  readonly line: string | null;
  readonly steps: readonly Step[];
}

interface Trunks {
  readonly items: readonly { readonly name: string }[];
}

const USUAL = 'default';

/** How a number would be read on a trunk, step by step; nothing is changed. */
export function TryNumber({ rest }: { readonly rest: Rest }): ReactNode {
  const { w } = useWords();
  const [number, setNumber] = useState('');
  const [trunk, setTrunk] = useState(USUAL);
  const [trunks, setTrunks] = useState<readonly string[]>([USUAL]);
  const [reading, setReading] = useState<Reading | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const title = useId();

  useEffect(() => {
    rest.get<Trunks>('/trunks').then(
      ({ items }) => setTrunks(items.map(({ name }) => name)),
      (error: unknown) => setFault(asFault(error)),
    );
  }, [rest]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (number.trim() === '') return;
    try {
      setReading(await rest.post<Reading>('/numbers/try', { number, trunk }));
      setFault(null);
    } catch (error) {
      setReading(null);
      setFault(asFault(error));
    }
  };

  return (
    <section aria-labelledby={title} className="try-number">
      <h2 id={title}>{w.numbers.title}</h2>
      <p className="faint">{w.numbers.text}</p>
      <form onSubmit={(event) => void submit(event)} className="row">
        <Input
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          placeholder="013800138000"
          aria-label={w.numbers.number}
          inputMode="tel"
          maxLength={256}
        />
        {trunks.length > 1 && (
          <select value={trunk} onChange={(event) => setTrunk(event.target.value)} aria-label={w.numbers.trunk}>
            {trunks.map((name) => (
              <option key={name} value={name}>
                {name === USUAL ? w.numbers.usual : name}
              </option>
            ))}
          </select>
        )}
        <Button htmlType="submit">{w.numbers.submit}</Button>
      </form>
      {fault !== null && <p role="alert">{fault.message}</p>}
      {reading !== null && <Read reading={reading} />}
    </section>
  );
}

function Read({ reading }: { readonly reading: Reading }): ReactNode {
  const { w } = useWords();
  return (
    <div role="status">
      <p>
        <strong>{word(w.numbers.state, reading.state)}</strong> <bdi className="figures">{reading.number}</bdi>
      </p>
      {reading.line !== null && (
        <p>
          {w.numbers.asLine} <bdi className="figures">{reading.line}</bdi>
        </p>
      )}
      {(['CALLER', 'LINE'] as const).map((side) => (
        <section key={side}>
          <h3>{w.numbers.side[side]}</h3>
          <ol>
            {reading.steps
              .filter((step) => step.side === side)
              .map((step, position) => (
                <li key={position}>
                  {word(w.numbers.step, step.code, step.detail)} <bdi className="figures faint">{step.text}</bdi>
                </li>
              ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
