import { asFault, type DeskFault } from '../../client/faults';
import type { Which } from '../../client/watch';

/** A page of things that somebody should look at, and how many are open in all. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  readonly open: number;
}

export interface Source<T> {
  idOf(item: T): string;
  read(which: Which, cursor: string | null): Promise<Listed<T>>;
  close(item: T, measure: string): Promise<void>;
}

export interface Shown<T> {
  readonly which: Which;
  /** Null until the first page is there. */
  readonly items: readonly T[] | null;
  readonly next: string | null;
  readonly open: number;
  readonly reading: boolean;
  /** Why the last reading failed; what was there before still stands. */
  readonly fault: DeskFault | null;
}

/** The open ones and those that were dealt with, read page by page; outside of React. */
export class Dossier<T> {
  readonly #source: Source<T>;
  readonly #listeners = new Set<() => void>();
  #shown: Shown<T> = { which: 'open', items: null, next: null, open: 0, reading: false, fault: null };
  /** An answer to what was asked before is not shown. */
  #asked = 0;

  constructor(source: Source<T>) {
    this.#source = source;
  }

  idOf(item: T): string {
    return this.#source.idOf(item);
  }

  readonly get = (): Shown<T> => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  show(which: Which): Promise<void> {
    if (which !== this.#shown.which) this.#set({ which, items: null, next: null });
    return this.reload();
  }

  /** Reads the first page again. */
  reload(): Promise<void> {
    return this.#read(null);
  }

  /** Reads the next page, if there is one. */
  async more(): Promise<void> {
    if (this.#shown.next !== null) await this.#read(this.#shown.next);
  }

  /** Null when it was done; else why not, and the list is read anew: somebody else may have been first. */
  async close(item: T, measure: string): Promise<DeskFault | null> {
    try {
      await this.#source.close(item, measure);
    } catch (error) {
      const fault = asFault(error);
      if (fault.type === '/problems/refused' || fault.type === '/problems/not-found') await this.reload();
      return fault;
    }
    // what is on its way was read before this
    this.#asked += 1;
    const id = this.idOf(item);
    const items = this.#shown.items?.filter((other) => this.idOf(other) !== id) ?? null;
    this.#set({ items, open: Math.max(0, this.#shown.open - 1), reading: false });
    return null;
  }

  async #read(cursor: string | null): Promise<void> {
    const asked = ++this.#asked;
    this.#set({ reading: true });
    try {
      const { items, next, open } = await this.#source.read(this.#shown.which, cursor);
      if (asked !== this.#asked) return;
      const before = cursor === null ? [] : (this.#shown.items ?? []);
      this.#set({ items: [...before, ...this.#fresh(before, items)], next, open, reading: false, fault: null });
    } catch (error) {
      if (asked === this.#asked) this.#set({ reading: false, fault: asFault(error) });
    }
  }

  /** What was raised meanwhile moves the pages: nothing stands twice. */
  #fresh(before: readonly T[], items: readonly T[]): readonly T[] {
    const known = new Set(before.map((item) => this.idOf(item)));
    return items.filter((item) => !known.has(this.idOf(item)));
  }

  #set(change: Partial<Shown<T>>): void {
    this.#shown = { ...this.#shown, ...change };
    this.#listeners.forEach((listener) => listener());
  }
}
