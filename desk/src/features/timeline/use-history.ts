import type { HistoryEntry } from '../../client/history';
import type { Card } from '../../generated/wire';
import { entriesOfCard } from './entries';

interface History {
  readonly entries: readonly HistoryEntry[];
  readonly failed: boolean;
  /** Reads older entries; null when there are none. */
  readonly older: (() => Promise<void>) | null;
  readonly again: () => void;
}

export function useHistory(card: Card): History {
  return { entries: entriesOfCard(card), failed: false, older: null, again: () => {} };
}
