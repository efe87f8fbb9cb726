import { Segmented } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { HistoryEntry } from '../../client/history';
import { useWords } from '../../i18n/language';
import { means } from '../../keys/keys';
import { useKey } from '../../keys/use-key';
import { Action } from '../../ui/action';
import { Entry } from './entry';
import type { Kind } from './entries';
import { useHistory } from './use-history';
import type { Card } from '../../generated/wire';

type Filter = Kind | 'all';

/** What was before, newest first: walked by arrows, played by Enter. */
export function Timeline({ card }: { readonly card: Card | null }): ReactNode {
  const { w } = useWords();
  return card === null ? (
    <>
      <h2>{w.timeline.title}</h2>
      <p className="faint">{w.timeline.none}</p>
    </>
  ) : (
    <History key={card.id} card={card} />
  );
}

function History({ card }: { readonly card: Card }): ReactNode {
  const { w } = useWords();
  const [filter, setFilter] = useState<Filter>('all');
  const { entries, loading, trouble, older, again } = useHistory(card);
  const shown = entries.filter((entry) => filter === 'all' || entry.kind === filter);
  const list = useRef<HTMLOListElement>(null);
  useKey('timeline', () => list.current?.querySelector<HTMLElement>('li')?.focus());
  const count = (kind: Kind): number => entries.filter((entry) => entry.kind === kind).length;
  const label = (text: string, figure: number): ReactNode => (
    <span>
      {text} <span className="figures faint">{figure}</span>
    </span>
  );
  return (
    <>
      <h2>{w.timeline.title}</h2>
      <Segmented<Filter>
        size="small"
        value={filter}
        onChange={setFilter}
        options={[
          { value: 'all', label: label(w.timeline.all, entries.length) },
          { value: 'call', label: label(w.timeline.calls, count('call')) },
          { value: 'order', label: label(w.timeline.orders, count('order')) },
          { value: 'service', label: label(w.timeline.service, count('service')) },
        ]}
      />
      <Entries entries={shown} list={list} again={again} />
      {loading && (
        <p className="faint" role="status">
          {w.timeline.loading}
        </p>
      )}
      {shown.length === 0 && !loading && trouble === null && <p className="faint">{entries.length === 0 ? w.timeline.empty : w.timeline.nothing}</p>}
      {trouble === 'forbidden' && (
        <p className="faint" role="status">
          {w.timeline.forbidden}
        </p>
      )}
      {trouble === 'failed' && (
        <p className="faint" role="status">
          {w.timeline.failed} <Action label={w.timeline.again} look="quiet" run={again} />
        </p>
      )}
      {older !== null && <Action label={w.timeline.older} look="quiet" run={older} />}
    </>
  );
}

interface EntriesProps {
  readonly entries: readonly HistoryEntry[];
  readonly list: React.RefObject<HTMLOListElement | null>;
  readonly again: () => void;
}

function Entries({ entries, list, again }: EntriesProps): ReactNode {
  const walk = (event: KeyboardEvent<HTMLOListElement>): void => {
    const items = [...(list.current?.children ?? [])] as HTMLElement[];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (at < 0) return;
    if (means('walk', event.key)) {
      event.preventDefault();
      items[Math.min(Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)), items.length - 1)]?.focus();
    } else if (means('open', event.key)) {
      event.preventDefault();
      items[at]?.querySelector<HTMLButtonElement>('.player-play')?.click();
    }
  };
  return (
    <ol ref={list} className="entries" onKeyDown={walk}>
      {entries.map((entry, index) => (
        <Entry key={entry.kind + entry.id} entry={entry} first={index === 0} again={again} />
      ))}
    </ol>
  );
}
