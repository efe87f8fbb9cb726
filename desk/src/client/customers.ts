import type { Card } from '../generated/wire';
import type { Rest } from './rest';

export interface Hit {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly level: string;
  readonly foundBy: string;
  readonly value: string | null;
}

export interface Hits {
  readonly items: readonly Hit[];
  readonly next: string | null;
  readonly broad: boolean;
}

export interface CustomerFile {
  readonly card: Card;
  readonly verified: boolean;
  readonly standing: {
    readonly doNotCall: boolean;
    readonly attempts: number;
    readonly consents: readonly { readonly kind: string; readonly granted: boolean; readonly at: string }[];
  };
}

export interface Changed {
  readonly id: string;
  readonly at: string;
  readonly by: string | null;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly isProtected: boolean;
}

export interface Merge {
  readonly id: string;
  readonly loser: string;
  readonly survivor: string;
  readonly at: string;
  readonly endedAt: string | null;
}

export interface Fact {
  readonly id: string;
  readonly kind: string;
  readonly file: string;
  readonly at: string;
  readonly about: string;
}

export interface NewCustomer {
  readonly name: string;
  readonly kind: string;
  readonly language: string;
  readonly level: string;
  readonly identities: readonly { readonly kind: string; readonly value: string }[];
}

export type Edit = { readonly version: number } & Partial<{
  readonly name: string;
  readonly kind: string;
  readonly language: string;
  readonly level: string;
  readonly tags: readonly string[];
  readonly sensitive: Readonly<Record<string, string>>;
}>;

/** The customer's file over HTTP. */
export class Customers {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  find(text: string, cursor: string | null = null): Promise<Hits> {
    return this.#rest.get(`/customers?q=${encodeURIComponent(text)}&limit=9${cursor === null ? '' : `&cursor=${cursor}`}`);
  }

  file(id: string): Promise<CustomerFile> {
    return this.#rest.get(`/customers/${id}`);
  }

  create(customer: NewCustomer): Promise<CustomerFile> {
    return this.#rest.post('/customers', customer);
  }

  change(id: string, edit: Edit): Promise<CustomerFile> {
    return this.#rest.patch(`/customers/${id}`, edit);
  }

  addIdentity(id: string, kind: string, value: string): Promise<CustomerFile> {
    return this.#rest.post(`/customers/${id}/identities`, { kind, value });
  }

  removeIdentity(id: string, value: string): Promise<CustomerFile> {
    return this.#rest.post(`/customers/${id}/identities/remove`, { value });
  }

  confirmIdentity(id: string, value: string): Promise<void> {
    return this.#rest.post(`/customers/${id}/identities/confirm`, { value });
  }

  consent(id: string, kind: string, granted: boolean, textVersion: string): Promise<void> {
    return this.#rest.post(`/customers/${id}/consents`, { kind, granted, textVersion });
  }

  changes(id: string): Promise<{ readonly items: readonly Changed[] }> {
    return this.#rest.get(`/customers/${id}/changes?limit=20`);
  }

  merge(loser: string, into: string): Promise<Merge> {
    return this.#rest.post(`/customers/${loser}/merge`, { into });
  }

  merges(id: string): Promise<{ readonly items: readonly Merge[] }> {
    return this.#rest.get(`/customers/${id}/merges`);
  }

  preview(merge: string): Promise<{ readonly merge: Merge; readonly facts: readonly Fact[] }> {
    return this.#rest.get(`/merges/${merge}`);
  }

  undo(merge: string, choices: readonly { readonly fact: string; readonly customer: string }[]): Promise<{ readonly moved: number }> {
    return this.#rest.post(`/merges/${merge}/undo`, { choices });
  }
}
