import type { Rest } from './rest';

/** Work that nobody tries again by itself. */
export interface Letter {
  readonly id: number;
  readonly kind: string;
  /** What it holds up. */
  readonly key: string;
  readonly attempts: number;
  readonly reason: string;
  /** How many later ones wait for it. */
  readonly behind: number;
  readonly createdAt: string;
  readonly diedAt: string;
  /** Its form; what may be somebody's own is hidden. */
  readonly payload: string;
  readonly inDoubt: boolean;
  readonly history: readonly Failure[];
}

/** What came of one attempt. */
export interface Failure {
  readonly attempt: number;
  readonly at: string;
  readonly inDoubt: boolean;
  readonly reason: string;
}

export interface LetterPage {
  readonly items: readonly Letter[];
  readonly next: string | null;
  /** How many there are of those that were asked for. */
  readonly count: number;
  /** The kinds of work that have any. */
  readonly kinds: readonly LetterKind[];
}

export interface LetterKind {
  readonly kind: string;
  readonly count: number;
  /** Since when the first of them waits for a person. */
  readonly oldestAt: string;
}

export interface AllRetried {
  readonly retried: number;
  /** How many were too many for one request. */
  readonly left: number;
}

export interface Retried {
  readonly retried: readonly number[];
  /** Those that were no dead letters any more. */
  readonly gone: readonly number[];
}

export type State = 'UP' | 'WARN' | 'DOWN';

/** One part of the server. */
export interface HealthLine {
  readonly name: string;
  readonly state: State;
  /** Cause and mend, in English; null when all is well. */
  readonly detail: string | null;
}

export interface Health {
  readonly state: State;
  readonly lines: readonly HealthLine[];
  readonly figures: {
    readonly callsLive: number;
    readonly messagesWaiting: number;
    readonly work: number;
    readonly oldestWork: string | null;
    readonly deadLetters: number;
    readonly recordingsWaiting: number;
    readonly recordingAlarms: number;
    readonly auditWaiting: number;
    readonly diskFree: number;
    readonly clocks: readonly { readonly switchId: string; readonly aheadMillis: number }[];
  };
}

const AT_ONCE = 50;

/** What an administrator looks at, over HTTP. */
export class SystemApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  /** Of one kind of work where one is given. */
  letters(cursor: string | null, limit = AT_ONCE, kind = ''): Promise<LetterPage> {
    const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    return this.#rest.get(`/dead-letters?limit=${limit}${from}${kind === '' ? '' : `&kind=${encodeURIComponent(kind)}`}`);
  }

  retryAll(kind: string): Promise<AllRetried> {
    return this.#rest.post('/dead-letters/retry-all', { kinds: [kind] });
  }

  retry(ids: readonly number[]): Promise<Retried> {
    return this.#rest.post('/dead-letters/retry', { ids });
  }

  dismiss(id: number): Promise<void> {
    return this.#rest.post(`/dead-letters/${id}/dismiss`, {});
  }

  health(): Promise<Health> {
    return this.#rest.get('/health');
  }
}
