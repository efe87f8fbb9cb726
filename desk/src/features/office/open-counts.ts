import type { ListedPage } from './rights';

type Counts = Partial<Record<ListedPage, number>>;

/** How much waits on each page: the list of pages asks for it, and a page that is read knows it better. */
export class OpenCounts {
  readonly #listeners = new Set<() => void>();
  #counts: Counts = {};

  readonly get = (): Counts => this.#counts;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set(page: ListedPage, count: number): void {
    if (this.#counts[page] === count) return;
    this.#counts = { ...this.#counts, [page]: count };
    this.#listeners.forEach((listener) => listener());
  }
}
