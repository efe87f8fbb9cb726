import { LINK_DOWN, OUTCOME_UNKNOWN } from '../client/faults';
import type { Stretch } from './quality';

export interface QualityReport extends Stretch {
  readonly callId: string;
}

/** More calls than end while a link is away. */
const MOST_KEPT = 20;

/**
 * Tells the server how talks sounded, after a link that was lost too. What the server refuses is dropped:
 * nothing depends on it, so nobody is told.
 */
export class QualityPost {
  readonly #send: (report: QualityReport) => Promise<void>;
  #kept: readonly QualityReport[] = [];

  constructor(send: (report: QualityReport) => Promise<void>) {
    this.#send = send;
  }

  tell(report: QualityReport): void {
    this.#kept = [...this.#kept, report].slice(-MOST_KEPT);
    this.retry();
  }

  /** The link may be back. */
  retry(): void {
    const reports = this.#kept;
    this.#kept = [];
    for (const report of reports) this.#send(report).catch((error: { type?: string }) => this.#failed(report, error.type));
  }

  #failed(report: QualityReport, type: string | undefined): void {
    if (type === LINK_DOWN || type === OUTCOME_UNKNOWN) this.#kept = [...this.#kept, report].slice(-MOST_KEPT);
  }
}
