import type { Rest } from './rest';

export type Side = 'CALLER' | 'LINE';

export interface Rewrite {
  /** Null for both. */
  readonly side: Side | null;
  readonly pattern: string;
  readonly replacement: string;
}

/** How a trunk's numbers are read. */
export interface Rules {
  readonly region: string;
  readonly areaCode: string;
  readonly outsidePrefixes: readonly string[];
  readonly lineFrom: readonly string[];
  readonly trustAsserted: boolean;
  readonly ownNumbers: readonly string[];
  readonly rewrites: readonly Rewrite[];
}

export interface Trunk {
  readonly name: string;
  /** 0 for rules that nobody wrote. */
  readonly version: number;
  readonly rules: Rules;
}

/** The rules after one change; null: none of its own from then on. */
export interface PastRules {
  readonly version: number;
  readonly at: string | null;
  readonly by: string;
  readonly rules: Rules | null;
}

export interface RulesHistory {
  readonly items: readonly PastRules[];
  readonly next: string | null;
}

/** What cannot be set: areaCode, ownNumbers/3, rewrites/0/pattern, or rules for all of them together. */
export interface Wrong {
  readonly field: string;
  readonly detail: string;
}

export interface Step {
  readonly side: Side;
  readonly code: string;
  readonly detail: string;
  readonly text: string;
}

/** How a number is read. */
export interface Reading {
  readonly state: string;
  readonly number: string | null;
  readonly line: string | null;
  readonly steps: readonly Step[];
}

/** The trunk whose rules hold for all that have none. */
export const USUAL = 'default';

/** Rules of trunks over HTTP. */
export class TrunkApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  async list(): Promise<readonly Trunk[]> {
    return (await this.#rest.get<{ items: readonly Trunk[] }>('/trunks')).items;
  }

  async check(rules: Rules): Promise<readonly Wrong[]> {
    return (await this.#rest.post<{ wrong: readonly Wrong[] }>('/numbers/check', rules)).wrong;
  }

  /** @param basedOn the version that was looked at; 0 for a trunk that has no rules */
  save(name: string, rules: Rules, basedOn: number): Promise<Trunk> {
    return this.#rest.post(`/trunks/${encodeURIComponent(name)}${version(basedOn)}`, rules);
  }

  remove(name: string, basedOn: number): Promise<void> {
    return this.#rest.delete(`/trunks/${encodeURIComponent(name)}${version(basedOn)}`);
  }

  history(name: string, cursor: string | null): Promise<RulesHistory> {
    return this.#rest.get(`/trunks/${encodeURIComponent(name)}/history?limit=10${cursor === null ? '' : `&cursor=${cursor}`}`);
  }

  try(number: string, rules: Rules): Promise<Reading> {
    return this.#rest.post('/numbers/try', { number, rules });
  }
}

function version(basedOn: number): string {
  return `?version=${basedOn}`;
}
