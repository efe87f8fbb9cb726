import type { Rest } from './rest';
import type { Corrected } from './history';

/** One thing that is wrong with a recording. */
export interface Finding {
  readonly code: string;
  readonly detail: string;
}

/** A recording that somebody should look at. */
export interface Alarm {
  readonly name: string;
  readonly callId: string;
  readonly agentName: string | null;
  readonly state: string;
  readonly startedAt: string | null;
  readonly durationMillis: number;
  readonly line: string | null;
  readonly queue: string | null;
  readonly raisedAt: string;
  readonly findings: readonly Finding[];
  readonly mayPlay: boolean;
  readonly settled: { readonly at: string; readonly by: string; readonly measure: string } | null;
}

export interface AlarmPage {
  readonly items: readonly Alarm[];
  readonly next: string | null;
  /** How many are open. */
  readonly count: number;
  /** How many recordings are still on their switch. */
  readonly waiting: number;
}

/** Something of one customer's stood in the file of another. */
export interface Incident {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly wrong: string;
  readonly right: string;
  readonly fact: string;
  readonly factId: string;
  readonly reporter: string;
  readonly closedAt: string | null;
  readonly closer: string | null;
  readonly measure: string | null;
}

export interface IncidentPage {
  readonly items: readonly Incident[];
  readonly next: string | null;
  readonly open: number;
}

/** A call that is over. */
export interface PastCall {
  readonly callId: string;
  /** Null also where one may not see customers. */
  readonly customerId: string | null;
  readonly direction: string;
  readonly line: string;
  readonly queue: string | null;
  readonly arrivedAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: string;
  readonly endedBy: string;
  readonly waitMillis: number;
  readonly talkMillis: number;
  readonly unobserved: { readonly from: string; readonly to: string } | null;
  /** The switch looked after it alone, while the server was not there. */
  readonly fallback: boolean;
  readonly parts: readonly Part[];
  readonly recordings: readonly Sound[];
  /** The oldest first. */
  readonly corrections: readonly Corrected[];
}

/** One agent's part of a call. */
export interface Part {
  readonly n: number;
  readonly agent: string | null;
  readonly offeredAt: string;
  readonly answeredAt: string | null;
  readonly endedAt: string | null;
  readonly outcome: string;
  readonly disposition: string | null;
  /** Null where it was not talked in a browser. */
  readonly quality: Quality | null;
  /** Why it was this call's turn, and this agent's: codes, or `code=value`. */
  readonly why: readonly string[];
  /** What the agent wrote in the fields of the outcome's form. */
  readonly answers: readonly { readonly field: string; readonly value: string }[];
}

/** How a talk sounded, as the agent's browser measured it. */
export interface Quality {
  readonly seconds: number;
  readonly lossPercent: number;
  readonly jitterMillis: number;
  readonly roundTripMillis: number;
  readonly score: number;
  readonly lowestScore: number;
}

export interface Sound {
  readonly name: string;
  readonly part: number;
  readonly state: string;
  readonly durationMillis: number;
  readonly findings: readonly Finding[];
  readonly mayPlay: boolean;
}

export type Which = 'open' | 'done';

const AT_ONCE = 50;

/** What those look at who look after the team, over HTTP. */
export class WatchApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  alarms(which: Which, cursor: string | null, limit = AT_ONCE): Promise<AlarmPage> {
    return this.#rest.get(`/recordings/alarms?state=${which === 'open' ? 'open' : 'settled'}${page(cursor, limit)}`);
  }

  settle(alarm: Alarm, measure: string): Promise<void> {
    return this.#rest.post(`/recordings/${encodeURIComponent(alarm.name)}/alarm/settle`, { measure, raisedAt: alarm.raisedAt });
  }

  incidents(which: Which, cursor: string | null, limit = AT_ONCE): Promise<IncidentPage> {
    return this.#rest.get(`/privacy-incidents?state=${which === 'open' ? 'open' : 'closed'}${page(cursor, limit)}`);
  }

  close(incident: Incident, measure: string): Promise<void> {
    return this.#rest.post(`/privacy-incidents/${incident.id}/close`, { measure });
  }

  call(id: string): Promise<PastCall> {
    return this.#rest.get(`/calls/${encodeURIComponent(id)}/record`);
  }
}

function page(cursor: string | null, limit: number): string {
  return `&limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
}
