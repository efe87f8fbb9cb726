/** What happened with a customer, newest first, as the timeline shows it. */
export interface HistoryEntry {
  readonly id: string;
  readonly kind: 'call' | 'order' | 'service';
  readonly at: string;
  readonly title: string | null;
  readonly state: string;
  readonly closedAt: string | null;
  readonly call: HistoryCall | null;
  readonly amount: { readonly minor: number; readonly currency: string } | null;
}

export interface HistoryCall {
  readonly direction: string;
  readonly agent: string | null;
  readonly disposition: string | null;
  readonly line: string | null;
  readonly notes: readonly { readonly agent: string | null; readonly text: string; readonly mine: boolean }[];
  readonly waitMillis: number;
  readonly talkMillis: number;
  /** Empty also where they are not known yet. */
  readonly recordings: readonly Recording[];
  /** The interval in which something happened that could not be observed. */
  readonly unobserved: { readonly from: string; readonly to: string } | null;
  /** What the agent who talked last filled in. */
  readonly answers: readonly { readonly field: string; readonly value: string }[];
  /** The switch looked after it alone, while the server was not there. */
  readonly fallback: boolean;
  /** Whoever is signed in talked last, and may correct the record. */
  readonly mayCorrect: boolean;
  /** The oldest first. */
  readonly corrections: readonly Corrected[];
}

/** A record was corrected after its call: by whom, and what stood there before. */
export interface Corrected {
  readonly at: string;
  readonly by: string | null;
  readonly disposition: string | null;
  readonly answers: readonly { readonly field: string; readonly value: string }[];
  /** Null where they were not changed, or may not be seen. */
  readonly notes: string | null;
}

export interface Recording {
  readonly id: string;
  /** WRITING, ON_SWITCH, PARTIAL, STORED or LOST. */
  readonly state: string;
  readonly alarm: string | null;
  readonly durationMillis: number;
  readonly mayPlay: boolean;
}

/** A page of the timeline. */
export interface HistoryPage {
  readonly items: readonly HistoryEntry[];
  readonly next: string | null;
}
