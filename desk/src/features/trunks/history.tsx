import type { ReactNode } from 'react';
import type { PastRules, Rules } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { When } from '../watch/closed';
import { Differences } from './differences';

interface HistoryProps {
  readonly history: readonly PastRules[];
  /** Whether there are older versions than these. */
  readonly older: boolean;
  readonly more: () => unknown;
  /** These rules once more; null: none of its own. */
  readonly again: (rules: Rules | null) => unknown;
  /** Why no change can be taken back; null when one can. */
  readonly reason: string | null;
}

/** Who changed the rules, what, and a way back. */
export function History({ history, older, more, again, reason }: HistoryProps): ReactNode {
  const { w } = useWords();
  return (
    <section className="trunk-history">
      <h2>{w.trunks.history}</h2>
      {history.length === 0 && <p className="faint">{w.trunks.noHistory}</p>}
      <ol>
        {history.map((past, at) => (
          <li key={past.version}>
            <p>
              {past.at === null ? w.trunks.before : <When at={past.at} words={(time) => w.trunks.changedBy(past.by, time)} />}
            </p>
            <What past={past} before={history[at + 1] ?? null} first={at === history.length - 1 && !older} />
            {at > 0 && (past.rules !== null || history[0]?.rules !== null) && <Action label={past.rules === null ? w.trunks.againNone : w.trunks.again} look="quiet" reason={reason} run={() => again(past.rules)} />}
          </li>
        ))}
      </ol>
      {older && <Action label={w.watch.more} look="quiet" run={more} />}
    </section>
  );
}

interface WhatProps {
  readonly past: PastRules;
  readonly before: PastRules | null;
  readonly first: boolean;
}

function What({ past, before, first }: WhatProps): ReactNode {
  const { w } = useWords();
  if (past.rules === null) return <p className="faint">{w.trunks.noneFromThen}</p>;
  if (before === null || before.rules === null) return first || before !== null ? <p className="faint">{w.trunks.ownFromThen}</p> : null;
  return <Differences before={before.rules} after={past.rules} />;
}
