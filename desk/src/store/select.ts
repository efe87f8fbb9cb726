import type { CallView, Card } from '../generated/wire';
import type { View } from './view';

/** The call that the page is about: a live one before one in wrap-up before the last finished one. */
export function currentCall(view: View): CallView | null {
  const rank = (call: CallView): number => (call.phase === 'DONE' ? 2 : call.phase === 'WRAP_UP' ? 1 : 0);
  return view.calls.reduce<CallView | null>(
    (best, call) => (best === null || rank(call) < rank(best) ? call : best),
    null,
  );
}

/** The customer's card; never that of anybody else than the one the call says. */
export function cardOf(view: View, call: CallView): Card | null {
  const card = view.cards[call.callId];
  return card !== undefined && card.id === call.match.customerId ? card : null;
}

export function isConnected(call: CallView): boolean {
  return call.phase === 'TALKING' || call.phase === 'HELD' || call.phase === 'REJOINING' || call.phase === 'CONSULTING';
}

/** Several people may be calling and nobody has been chosen. */
export function needsChoice(call: CallView): boolean {
  return call.match.customerId === null && call.match.candidates.length > 0;
}
