import type { ReactNode } from 'react';
import type { Reading } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';

/** How a number is read, step by step. */
export function ReadNumber({ reading }: { readonly reading: Reading }): ReactNode {
  const { w } = useWords();
  return (
    <div role="status" className="reading">
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
