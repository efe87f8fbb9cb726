import { asFault, type DeskFault } from '../../client/faults';
import type { AllRetried, Letter, LetterKind, LetterPage, Retried } from '../../client/system';

export interface LetterSource {
  letters(cursor: string | null, limit: number | undefined, kind: string): Promise<LetterPage>;
  retryAll(kind: string): Promise<AllRetried>;
  retry(ids: readonly number[]): Promise<Retried>;
  dismiss(id: number): Promise<void>;
}

export interface LettersShown {
  /** Null until the first page is there. */
  readonly items: readonly Letter[] | null;
  readonly next: string | null;
  readonly count: number;
  readonly kinds: readonly LetterKind[];
  /** Only this kind of work is shown; empty for all. */
  readonly kind: string;
  readonly chosen: ReadonlySet<number>;
  readonly reading: boolean;
  /** Why the last reading or change failed; what was there before still stands. */
  readonly fault: DeskFault | null;
  /** What came of the last retry. */
  readonly done: { readonly retried: number; readonly gone: number } | null;
}

/** So many the server retries at once. */
const MOST = 200;

/** Dead letters, read page by page, and which of them are chosen; outside of React. */
export class Letters {
  readonly #source: LetterSource;
  readonly #listeners = new Set<() => void>();
  #shown: LettersShown = { items: null, next: null, count: 0, kinds: [], kind: '', chosen: new Set(), reading: false, fault: null, done: null };
  /** An answer to what was asked before is not shown. */
  #asked = 0;

  constructor(source: LetterSource) {
    this.#source = source;
  }

  readonly get = (): LettersShown => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the first page again. */
  reload(): Promise<void> {
    return this.#read(null);
  }

  /** Reads the next page, if there is one. */
  async more(): Promise<void> {
    if (this.#shown.next !== null) await this.#read(this.#shown.next);
  }

  /** Shows this kind of work alone; all where it is empty. */
  only(kind: string): Promise<void> {
    this.#set({ kind, items: null, next: null, chosen: new Set(), done: null });
    return this.#read(null);
  }

  /** Tries all of the kind that is shown again, also those that were not read. */
  async retryAll(): Promise<void> {
    let retried = 0;
    try {
      for (let left = 1; left > 0; ) {
        const answer = await this.#source.retryAll(this.#shown.kind);
        retried += answer.retried;
        left = answer.retried === 0 ? 0 : answer.left;
      }
      await this.#read(null);
      this.#set({ done: { retried, gone: 0 } });
    } catch (error) {
      this.#set({ fault: asFault(error) });
    }
  }

  choose(ids: readonly number[], on: boolean): void {
    const chosen = new Set(this.#shown.chosen);
    ids.forEach((id) => (on ? chosen.add(id) : chosen.delete(id)));
    this.#set({ chosen });
  }

  /** Tries them again; whether that was begun. */
  async retry(ids: readonly number[]): Promise<boolean> {
    let retried = 0;
    let gone = 0;
    try {
      for (let at = 0; at < ids.length; at += MOST) {
        const answer = await this.#source.retry(ids.slice(at, at + MOST));
        retried += answer.retried.length;
        gone += answer.gone.length;
        this.#without([...answer.retried, ...answer.gone]);
      }
    } catch (error) {
      this.#set({ fault: asFault(error) });
      return false;
    }
    this.#set({ fault: null, done: { retried, gone } });
    return true;
  }

  /** Closes it without doing it; whether that was done. */
  async dismiss(id: number): Promise<boolean> {
    try {
      await this.#source.dismiss(id);
    } catch (error) {
      const fault = asFault(error);
      if (fault.type !== '/problems/not-found') {
        this.#set({ fault });
        return false;
      }
    }
    this.#without([id]);
    this.#set({ fault: null, done: null });
    return true;
  }

  #without(ids: readonly number[]): void {
    // what is on its way was read before this
    this.#asked += 1;
    const gone = new Set(ids);
    const chosen = new Set([...this.#shown.chosen].filter((id) => !gone.has(id)));
    const items = this.#shown.items?.filter((letter) => !gone.has(letter.id)) ?? null;
    this.#set({ items, chosen, count: Math.max(0, this.#shown.count - gone.size), reading: false });
  }

  async #read(cursor: string | null): Promise<void> {
    const asked = ++this.#asked;
    this.#set({ reading: true });
    try {
      const { items, next, count, kinds } = await this.#source.letters(cursor, undefined, this.#shown.kind);
      if (asked !== this.#asked) return;
      const before = cursor === null ? [] : (this.#shown.items ?? []);
      const all = [...before, ...items];
      const there = new Set(all.map(({ id }) => id));
      const chosen = new Set([...this.#shown.chosen].filter((id) => there.has(id)));
      this.#set({ items: all, next, count, kinds, chosen, reading: false, fault: null });
    } catch (error) {
      if (asked === this.#asked) this.#set({ reading: false, fault: asFault(error) });
    }
  }

  #set(change: Partial<LettersShown>): void {
    this.#shown = { ...this.#shown, ...change };
    this.#listeners.forEach((listener) => listener());
  }
}
