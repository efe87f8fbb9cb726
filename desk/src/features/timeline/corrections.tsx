import type { ReactNode } from 'react';
import type { Corrected } from '../../client/history';
import { exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { useOutcomes } from '../wrap-up/dispositions';

/** What stood in a record before it was corrected, the latest correction first. */
export function Corrections({ of }: { readonly of: readonly Corrected[] }): ReactNode {
  const { w, locale } = useWords();
  if (of.length === 0) return null;
  return (
    <details className="corrections">
      <summary>{w.timeline.correct.times(of.length)}</summary>
      <ol>
        {[...of].reverse().map((one) => (
          <li key={one.at}>
            <p className="faint figures">{w.timeline.correct.stood(exact(one.at, locale), one.by ?? w.timeline.correct.somebody)}</p>
            <Before one={one} />
          </li>
        ))}
      </ol>
    </details>
  );
}

function Before({ one }: { readonly one: Corrected }): ReactNode {
  const { w } = useWords();
  const { labelOf, fieldLabel } = useOutcomes();
  const answers = one.answers.map(({ field, value }) => `${fieldLabel(field)}: ${value}`);
  const facts = [one.disposition === null ? w.timeline.correct.noOutcome : labelOf(one.disposition), ...answers];
  return (
    <>
      <p>
        <bdi>{facts.join(' · ')}</bdi>
      </p>
      {one.notes !== null && (
        <p className="entry-notes" dir="auto">
          {one.notes === '' ? <span className="faint">{w.timeline.correct.noNotes}</span> : one.notes}
        </p>
      )}
    </>
  );
}
