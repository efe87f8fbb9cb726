import { isConnected } from '../../store/select';
import type { DeskStore } from '../../store/store';

/** What can be heard: an audio element. */
export interface Sound {
  pause(): void;
}

/** The recordings on the page, of which one is heard at a time. */
export class Players {
  readonly #sounds = new Set<Sound>();

  /** It is on the page until it is taken back. */
  add(sound: Sound): () => void {
    this.#sounds.add(sound);
    return () => this.#sounds.delete(sound);
  }

  pauseAll(but: Sound | null = null): void {
    this.#sounds.forEach((sound) => sound !== but && sound.pause());
  }
}

export const players = new Players();

/** A call that rings or is talked goes into the same headset: no recording plays on into it. */
export function hushForCalls(store: DeskStore, recordings: Players): () => void {
  let before = new Set<string>();
  const look = (): void => {
    const calls = store.get().view?.calls ?? [];
    const live = new Set(calls.filter((call) => call.phase === 'RINGING' || isConnected(call)).map((call) => `${call.callId} ${call.phase}`));
    // what is played in a call was chosen there: only another call or phase ends it
    if ([...live].some((call) => !before.has(call))) recordings.pauseAll();
    before = live;
  };
  look();
  return store.subscribe(look);
}
