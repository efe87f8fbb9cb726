import { describe, expect, it } from 'vitest';
import { hushForCalls, Players, type Sound } from '../src/features/timeline/players';
import { DeskStore } from '../src/store/store';
import { call, me, snapshot } from './samples';

class Recording implements Sound {
  playing = true;

  pause(): void {
    this.playing = false;
  }
}

function desk(): { players: Players; store: DeskStore; recording: Recording } {
  const players = new Players();
  const recording = new Recording();
  players.add(recording);
  const store = new DeskStore(
    () => {},
    () => 0,
  );
  store.receive(snapshot(1));
  hushForCalls(store, players);
  return { players, store, recording };
}

describe('a recording that plays', () => {
  it.each(['RINGING', 'TALKING', 'REJOINING'] as const)('is paused by a call in phase %s', (phase) => {
    const { store, recording } = desk();
    store.receive({ type: 'callChanged', seq: 2, call: call({ phase }), card: null });
    expect(recording.playing).toBe(false);
  });

  it('is paused again when the call that rang is talked', () => {
    const { store, recording } = desk();
    store.receive({ type: 'callChanged', seq: 2, call: call({ phase: 'RINGING' }), card: null });
    recording.playing = true;
    store.receive({ type: 'callChanged', seq: 3, call: call(), card: null });
    expect(recording.playing).toBe(false);
  });

  it('goes on between calls, in the wrap-up, and in the call in which it was begun', () => {
    const { store, recording } = desk();
    store.receive({ type: 'meChanged', seq: 2, me: { ...me, callsToday: 1 } });
    expect(recording.playing).toBe(true);
    store.receive({ type: 'callChanged', seq: 3, call: call(), card: null });
    recording.playing = true;
    store.receive({ type: 'callChanged', seq: 4, call: call({ notes: 'x' }), card: null });
    store.receive({ type: 'callChanged', seq: 5, call: call({ phase: 'WRAP_UP' }), card: null });
    expect(recording.playing).toBe(true);
  });

  it('is paused by another one, and left alone when it is not on the page any more', () => {
    const { players, recording } = desk();
    const other = new Recording();
    const gone = players.add(other);
    players.pauseAll(other);
    expect([recording.playing, other.playing]).toEqual([false, true]);
    gone();
    players.pauseAll();
    expect(other.playing).toBe(true);
  });
});
