/** A call that was not placed, because the customer does not want to be called. */
export interface Doubted {
  readonly number: string;
  readonly queue: string | null;
}

/** What somebody wanted to dial and has to give a reason for; one at a time. */
export class DialDoubt {
  readonly #listeners = new Set<() => void>();
  #now: Doubted | null = null;

  readonly get = (): Doubted | null => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(doubted: Doubted | null): void {
    this.#now = doubted;
    this.#listeners.forEach((listener) => listener());
  }
}
