import type { HistoryEntry } from '../../client/history';
import type { Card } from '../../generated/wire';

export type Kind = HistoryEntry['kind'];

/** What the card knows already: shown at once, until the whole history is there. */
export function entriesOfCard(card: Card): readonly HistoryEntry[] {
  return newestFirst([...calls(card), ...orders(card), ...services(card)]);
}

function newestFirst(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  return [...entries].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function calls(card: Card): HistoryEntry[] {
  return card.calls.map((call) => ({
    id: call.callId,
    kind: 'call',
    at: call.at,
    title: null,
    state: call.outcome,
    closedAt: null,
    amount: null,
    call: {
      direction: call.direction,
      agent: call.agent,
      disposition: call.disposition,
      notes: call.notes === null ? [] : [{ agent: call.agent, text: call.notes, mine: false }],
      waitMillis: 0,
      talkMillis: call.talkMillis,
      recordings: [],
      unobserved: null,
      answers: [],
      fallback: false,
      line: null,
      mayCorrect: false,
      corrections: [],
    },
  }));
}

function orders(card: Card): HistoryEntry[] {
  return card.orders.map((order) => ({
    id: order.number,
    kind: 'order',
    at: order.at,
    title: order.title,
    state: order.state,
    closedAt: null,
    // XXX: it has no amount
    amount: order.currency === 'XXX' ? null : { minor: order.amountMinor, currency: order.currency },
    call: null,
  }));
}

function services(card: Card): HistoryEntry[] {
  return card.service.map((record) => ({
    id: record.number,
    kind: 'service',
    at: record.openedAt,
    title: record.title,
    state: record.state,
    closedAt: record.closedAt,
    amount: null,
    call: null,
  }));
}
