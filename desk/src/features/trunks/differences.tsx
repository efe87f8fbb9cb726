import type { ReactNode } from 'react';
import type { Rules, Side } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { type Words, word } from '../../i18n/words';
import { type Change, changesOf } from './changes';

interface DifferencesProps {
  readonly before: Rules;
  readonly after: Rules;
}

/** What another set of rules changes, part by part. */
export function Differences({ before, after }: DifferencesProps): ReactNode {
  const { w } = useWords();
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className="faint">{w.trunks.alike}</p>;
  return (
    <ul className="differences">
      {changes.map((change) => (
        <li key={change.field}>
          <span className="faint">{w.trunks.fields[change.field]}</span>
          {change.gone.map((entry, index) => (
            <del key={`-${index}`}>
              <bdi>{shown(change, entry, w)}</bdi>
            </del>
          ))}
          {change.come.map((entry, index) => (
            <ins key={`+${index}`}>
              <bdi>{shown(change, entry, w)}</bdi>
            </ins>
          ))}
          {change.moved && <span>{w.trunks.moved}</span>}
        </li>
      ))}
    </ul>
  );
}

function shown({ field }: Change, entry: string, w: Words): string {
  if (field === 'lineFrom') return word(w.trunks.sources, entry);
  if (field === 'rewrites') return entry.replace(/^(CALLER|LINE) /, (_, side: Side) => `${w.trunks.side[side]}: `);
  return field === 'trustAsserted' ? word(w.trunks.trusted, entry) : entry;
}
