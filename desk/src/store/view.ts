import type { CallView, Caption, Card, DeskMessage, Me, QueueLoad, Snapshot, TaskLoad } from '../generated/wire';

/** What the server has told this desk, as of message number `seq`. */
export interface View {
  readonly seq: number;
  readonly connection: string;
  readonly me: Me;
  readonly calls: readonly CallView[];
  readonly cards: Readonly<Record<string, Card>>;
  readonly queues: readonly QueueLoad[];
  readonly captions: Readonly<Record<string, readonly Caption[]>>;
  /** Call-backs that this agent's queues owe. */
  readonly tasks: TaskLoad;
}

export type Applied =
  | { readonly outcome: 'applied'; readonly view: View }
  /** Already known: repeated or late. */
  | { readonly outcome: 'ignored' }
  /** A number is missing: only a snapshot helps. */
  | { readonly outcome: 'gap' };

type Delta = Exclude<DeskMessage, Snapshot>;

/** The view after `message`. A snapshot always counts; a change only as number n+1. */
export function apply(view: View | null, message: DeskMessage): Applied {
  if (message.type === 'snapshot') return { outcome: 'applied', view: fromSnapshot(message) };
  if (view === null || message.seq > view.seq + 1) return { outcome: 'gap' };
  if (message.seq <= view.seq) return { outcome: 'ignored' };
  return { outcome: 'applied', view: { ...change(view, message), seq: message.seq } };
}

function fromSnapshot(snapshot: Snapshot): View {
  const { seq, connection, me, calls, cards, queues, captions, tasks } = snapshot;
  return { seq, connection, me, calls, cards, queues, captions, tasks };
}

function change(view: View, message: Delta): View {
  switch (message.type) {
    case 'meChanged':
      return { ...view, me: message.me };
    case 'callChanged':
      return withCall(view, message.call, message.card);
    case 'callGone':
      return withoutCall(view, message.callId);
    case 'queuesChanged':
      return { ...view, queues: message.queues };
    case 'tasksChanged':
      return { ...view, tasks: message.tasks };
    case 'captioned':
      return withCaption(view, message.callId, message.caption);
    case 'notice':
      return view;
  }
}

function withCall(view: View, call: CallView, card: Card | null): View {
  const known = view.calls.some((other) => other.callId === call.callId);
  const calls = known
    ? view.calls.map((other) => (other.callId === call.callId ? call : other))
    : [...view.calls, call];
  return card === null ? { ...view, calls } : { ...view, calls, cards: { ...view.cards, [call.callId]: card } };
}

function withoutCall(view: View, callId: string): View {
  return {
    ...view,
    calls: view.calls.filter((call) => call.callId !== callId),
    cards: without(view.cards, callId),
    captions: without(view.captions, callId),
  };
}

function withCaption(view: View, callId: string, caption: Caption): View {
  const said = view.captions[callId] ?? [];
  return { ...view, captions: { ...view.captions, [callId]: [...said, caption] } };
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...rest } = record;
  return rest;
}
