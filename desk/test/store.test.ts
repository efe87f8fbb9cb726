import { describe, expect, it } from 'vitest';
import type { DeskMessage } from '../src/generated/wire';
import { cardOf, currentCall } from '../src/store/select';
import { DeskStore } from '../src/store/store';
import { call, card, me, snapshot } from './samples';

function desk(): { store: DeskStore; asked: () => number; tell: (...messages: DeskMessage[]) => void } {
  let asked = 0;
  const store = new DeskStore(
    () => asked++,
    () => 5_000,
  );
  return { store, asked: () => asked, tell: (...messages) => messages.forEach((m) => store.receive(m)) };
}

const ready = (seq: number): DeskMessage => ({ type: 'meChanged', seq, me: { ...me, callsToday: seq } });

describe('the store', () => {
  it('applies message n+1 and shows it', () => {
    const { store, asked, tell } = desk();
    tell(snapshot(7), ready(8), ready(9));
    expect(store.get().view?.seq).toBe(9);
    expect(store.get().view?.me.callsToday).toBe(9);
    expect(asked()).toBe(0);
  });

  it('ignores a repeated and a late message', () => {
    const { store, tell } = desk();
    tell(snapshot(7), ready(8), ready(9));
    const before = store.get();
    tell(ready(9), ready(8), ready(3));
    expect(store.get()).toBe(before);
  });

  it('asks once for a snapshot when numbers are missing, and changes nothing meanwhile', () => {
    const { store, asked, tell } = desk();
    tell(snapshot(7), ready(9), ready(10), ready(11));
    expect(asked()).toBe(1);
    expect(store.get().view?.seq).toBe(7);
    tell(snapshot(11), ready(12));
    expect(store.get().view?.seq).toBe(12);
    expect(asked()).toBe(1);
  });

  it('takes swapped messages as a gap and ends with the snapshot', () => {
    const { store, asked, tell } = desk();
    tell(snapshot(7), ready(9), ready(8));
    expect(asked()).toBe(1);
    expect(store.get().view?.me.callsToday).toBe(8);
    tell(snapshot(9, { me: { ...me, callsToday: 9 } }));
    expect(store.get().view?.me.callsToday).toBe(9);
  });

  it('asks again for a gap after the link was lost', () => {
    const { store, asked, tell } = desk();
    tell(snapshot(7), ready(9));
    store.setLink({ state: 'down', since: 1, nextTryAt: 2 });
    tell(ready(10));
    expect(asked()).toBe(2);
  });

  it('takes a snapshot with a lower number, as after a restart', () => {
    const { store, tell } = desk();
    tell(snapshot(500), snapshot(3), ready(4));
    expect(store.get().view?.seq).toBe(4);
  });

  it('asks for a snapshot when a change comes before the first one', () => {
    const { store, asked, tell } = desk();
    tell(ready(4));
    expect(asked()).toBe(1);
    expect(store.get().view).toBeNull();
  });

  it('keeps the card when a change of the call brings none', () => {
    const { store, tell } = desk();
    tell(
      snapshot(1),
      { type: 'callChanged', seq: 2, call: call(), card: card() },
      { type: 'callChanged', seq: 3, call: call({ phase: 'HELD' }), card: null },
    );
    const view = store.get().view;
    expect(view?.calls).toHaveLength(1);
    expect(view && cardOf(view, view.calls[0]!)?.name).toBe('王小明');
  });

  it('never shows the card of somebody else than the matched customer', () => {
    const { store, tell } = desk();
    const other = call({ match: { state: 'CLEAR', customerId: 'cu2', candidates: [] } });
    tell(
      snapshot(1),
      { type: 'callChanged', seq: 2, call: call(), card: card() },
      { type: 'callChanged', seq: 3, call: other, card: null },
    );
    const view = store.get().view;
    expect(view && cardOf(view, view.calls[0]!)).toBeNull();
  });

  it('forgets card and captions with the call', () => {
    const { store, tell } = desk();
    const caption = { at: '2026-11-23T10:00:00Z', speaker: 'customer', text: '你好' };
    tell(
      snapshot(1),
      { type: 'callChanged', seq: 2, call: call(), card: card() },
      { type: 'captioned', seq: 3, callId: 'call-1', caption },
    );
    expect(store.get().view?.captions['call-1']).toEqual([caption]);
    tell({ type: 'callGone', seq: 4, callId: 'call-1' });
    expect(store.get().view).toMatchObject({ calls: [], cards: {}, captions: {} });
  });

  it('counts a notice as a message and tells it once', () => {
    const { store, tell } = desk();
    const told: string[] = [];
    store.onNotice((notice) => told.push(notice.code));
    const notice: DeskMessage = { type: 'notice', seq: 8, code: 'also-talking', value: '王' };
    tell(snapshot(7), notice, notice, ready(9));
    expect(told).toEqual(['also-talking']);
    expect(store.get().view?.seq).toBe(9);
  });

  it('takes what is owed from the snapshot and from the messages after it', () => {
    const { store, tell } = desk();
    tell(snapshot(7, { tasks: { open: 3, due: 1, latest: null, version: '' } }));
    expect(store.get().view?.tasks).toEqual({ open: 3, due: 1, latest: null, version: '' });
    tell({ type: 'tasksChanged', seq: 8, tasks: { open: 2, due: 0, latest: null, version: '' } });
    expect(store.get().view).toMatchObject({ seq: 8, tasks: { open: 2, due: 0 } });
  });

  it('knows how far the clocks are apart', () => {
    const { store, tell } = desk();
    tell(snapshot(1, { serverTime: new Date(65_000).toISOString() }));
    expect(store.get().clockOffset).toBe(60_000);
  });

  it('puts a ringing call before one that is finished', () => {
    const { store, tell } = desk();
    tell(snapshot(1, { calls: [call({ phase: 'DONE' }), call({ callId: 'call-2', phase: 'RINGING' })] }));
    const view = store.get().view;
    expect(view && currentCall(view)?.callId).toBe('call-2');
  });
});
