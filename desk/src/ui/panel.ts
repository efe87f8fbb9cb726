/** What stands over the page: the search, a customer's file, the form of a new one, or the phone check. */
export type Shown =
  | { readonly what: 'search'; readonly merge: string | null }
  | { readonly what: 'file'; readonly customerId: string }
  | { readonly what: 'new' }
  | { readonly what: 'phone' };

/** Opens and closes it; outside of React, so that any part of the page may. */
export class Panel {
  #shown: Shown | null = null;
  readonly #listeners = new Set<() => void>();

  readonly get = (): Shown | null => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `merge`: whom the customer that is found is to be merged with. */
  search(merge: string | null = null): void {
    this.#show({ what: 'search', merge });
  }

  file(customerId: string): void {
    this.#show({ what: 'file', customerId });
  }

  fresh(): void {
    this.#show({ what: 'new' });
  }

  phone(): void {
    this.#show({ what: 'phone' });
  }

  close(): void {
    this.#show(null);
  }

  #show(shown: Shown | null): void {
    this.#shown = shown;
    this.#listeners.forEach((listener) => listener());
  }
}
