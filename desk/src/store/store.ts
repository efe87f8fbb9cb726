import type { DeskMessage, Notice } from '../generated/wire';
import { apply, type View } from './view';

/** How the connection to the server stands. `since`: when that began, by this computer's clock. */
export type Link =
  | { readonly state: 'connecting'; readonly since: number }
  | { readonly state: 'up'; readonly since: number }
  | { readonly state: 'down'; readonly since: number; readonly nextTryAt: number };

export interface DeskState {
  readonly view: View | null;
  readonly link: Link;
  /** Server's clock minus this computer's. */
  readonly clockOffset: number;
  /** When the last message came. */
  readonly heardAt: number;
}

/** Outside of React: holds the view, applies message n+1, asks for a snapshot on a gap. */
export class DeskStore {
  #state: DeskState;
  #snapshotAsked = false;
  readonly #askSnapshot: () => void;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #noticeListeners = new Set<(notice: Notice) => void>();

  constructor(askSnapshot: () => void, now: () => number) {
    this.#askSnapshot = askSnapshot;
    this.#now = now;
    this.#state = { view: null, link: { state: 'connecting', since: now() }, clockOffset: 0, heardAt: now() };
  }

  readonly get = (): DeskState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener);
    return () => this.#noticeListeners.delete(listener);
  }

  receive(message: DeskMessage): void {
    const applied = apply(this.#state.view, message);
    if (applied.outcome === 'gap') {
      this.#askOnce();
    } else if (applied.outcome === 'applied') {
      this.#accept(message, applied.view);
    }
  }

  setLink(link: Link): void {
    // a snapshot that was asked for on a lost connection will not come: the next one brings its own
    this.#snapshotAsked = false;
    const was = this.#state.link;
    const since = was.state === link.state ? was.since : link.since;
    this.#set({ ...this.#state, link: { ...link, since } });
  }

  #accept(message: DeskMessage, view: View): void {
    const now = this.#now();
    let { clockOffset } = this.#state;
    if (message.type === 'snapshot') {
      this.#snapshotAsked = false;
      clockOffset = Date.parse(message.serverTime) - now;
    }
    this.#set({ ...this.#state, view, clockOffset, heardAt: now });
    if (message.type === 'notice') this.#noticeListeners.forEach((listener) => listener(message));
  }

  #askOnce(): void {
    if (this.#snapshotAsked) return;
    this.#snapshotAsked = true;
    this.#askSnapshot();
  }

  #set(state: DeskState): void {
    this.#state = state;
    this.#listeners.forEach((listener) => listener());
  }
}
