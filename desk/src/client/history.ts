/** What happened with a customer, newest first, as the timeline shows it. */
export interface HistoryEntry {
  readonly id: string;
  readonly kind: 'call' | 'order' | 'service';
  readonly at: string;
  readonly title: string;
  /** Order and ticket numbers. */
  readonly number: string | null;
  readonly state: string;
  readonly closedAt: string | null;
  readonly call: HistoryCall | null;
  readonly amount: { readonly minor: number; readonly currency: string } | null;
}

export interface HistoryCall {
  readonly direction: string;
  readonly outcome: string;
  readonly agent: string | null;
  readonly disposition: string | null;
  readonly notes: string | null;
  readonly talkMillis: number;
  /** Recordings that can be played; empty also where they are not known yet. */
  readonly recordings: readonly string[];
  /** The interval in which something happened that could not be observed. */
  readonly unobserved: { readonly from: string; readonly to: string } | null;
}
