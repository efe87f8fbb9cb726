type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What somebody types and has not sent yet: it survives a reload of the page. */
export class Drafts {
  readonly #storage: () => Kept;
  readonly #prefix: string;

  /** Of one user: another one in the same browser does not find it. */
  constructor(user: string, storage: () => Kept) {
    this.#prefix = `cordboard.draft.${user}.`;
    this.#storage = storage;
  }

  get(name: string): string | null {
    try {
      return this.#storage().getItem(this.#prefix + name);
    } catch {
      return null;
    }
  }

  /** Nothing to keep when it is null. A browser that keeps nothing is no reason to stop typing. */
  set(name: string, text: string | null): void {
    try {
      if (text === null) this.#storage().removeItem(this.#prefix + name);
      else this.#storage().setItem(this.#prefix + name, text);
    } catch {
      // told nowhere: the text is on the page
    }
  }
}
