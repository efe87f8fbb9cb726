import { useEffect, useState } from 'react';
import { asFault } from '../../client/faults';
import type { HistoryEntry, HistoryPage } from '../../client/history';
import type { Card } from '../../generated/wire';
import { useDesk } from '../../ui/desk-context';
import { entriesOfCard } from './entries';

interface History {
  readonly entries: readonly HistoryEntry[];
  /** The whole history is on its way; what the card knows is shown meanwhile. */
  readonly loading: boolean;
  readonly trouble: 'failed' | 'forbidden' | null;
  /** Reads older entries; null when there are none. */
  readonly older: (() => Promise<void>) | null;
  readonly again: () => void;
}

interface Read {
  readonly items: readonly HistoryEntry[];
  readonly next: string | null;
}

/** The customer's history: what the card knows at once, then the whole of it, page by page. */
export function useHistory(card: Card): History {
  const { rest } = useDesk();
  const [read, setRead] = useState<Read | null>(null);
  const [trouble, setTrouble] = useState<History['trouble']>(null);
  const [tries, setTries] = useState(0);
  const path = `/customers/${card.id}/timeline?limit=30`;

  useEffect(() => {
    let stopped = false;
    rest.get<HistoryPage>(path).then(
      (page) => !stopped && (setRead(page), setTrouble(null)),
      (error: unknown) => !stopped && setTrouble(asFault(error).type === '/problems/forbidden' ? 'forbidden' : 'failed'),
    );
    return () => {
      stopped = true;
    };
  }, [rest, path, tries, card.version]);

  const older = async (): Promise<void> => {
    if (read?.next == null) return;
    try {
      const page = await rest.get<HistoryPage>(`${path}&cursor=${read.next}`);
      setRead({ items: [...read.items, ...page.items], next: page.next });
    } catch {
      setTrouble('failed');
    }
  };
  return {
    entries: read?.items ?? entriesOfCard(card),
    loading: read === null && trouble === null,
    trouble,
    older: read?.next == null ? null : older,
    again: () => setTries((n) => n + 1),
  };
}
