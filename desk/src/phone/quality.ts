import type { Timers } from '../client/timers';
import { scoreOf } from './score';

const LOOK_EVERY = 4_000;
/** 20 ms of sound are gathered before a packet leaves. */
const PACKET_MILLIS = 20;

/** Counters of a session as the browser keeps them, since its beginning. */
export interface Counters {
  readonly received: number;
  readonly lost: number;
  /** Lost on the way out, as the far side reports; null before its first report. */
  readonly outLostShare: number | null;
  readonly jitterMillis: number;
  readonly roundTripMillis: number | null;
  /** Sound that waits in the browser to even out what arrives unevenly. */
  readonly bufferedMillis: number;
}

/** The last seconds. */
export interface Moment {
  readonly lossPercent: number;
  readonly jitterMillis: number;
  readonly roundTripMillis: number;
  readonly score: number;
}

/** A whole stretch of a talk, as it is told to the server. */
export interface Stretch extends Moment {
  readonly stretch: number;
  readonly seconds: number;
  readonly lowestScore: number;
}

/** What was between two looks. */
export function momentOf(before: Counters, now: Counters): Moment | null {
  const received = now.received - before.received;
  // packets that come after they were counted as lost are taken back
  const lost = Math.max(0, now.lost - before.lost);
  const expected = received + lost;
  if (expected <= 0) return null;
  const lossPercent = Math.min(100, 100 * Math.max(lost / expected, now.outLostShare ?? 0));
  const roundTripMillis = now.roundTripMillis ?? 0;
  const oneWayMillis = roundTripMillis / 2 + now.bufferedMillis + PACKET_MILLIS;
  return { lossPercent, jitterMillis: now.jitterMillis, roundTripMillis, score: scoreOf({ lossPercent, oneWayMillis }) };
}

interface Parts {
  readonly timers: Timers;
  counters(): Promise<Counters | null>;
  /** Told after each look. */
  changed(moment: Moment | null): void;
}

/** Measures one session from its first sound to its end. Never throws, never keeps anybody waiting. */
export class Quality {
  readonly #parts: Parts;
  readonly #begunAt: number;
  readonly #moments: Moment[] = [];
  #before: Counters | null = null;
  #stopped = false;
  #cancel = (): void => {};

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#begunAt = parts.timers.now();
    void this.#look();
  }

  /** The end: what was measured, if anything was. */
  stop(): Stretch | null {
    this.#stopped = true;
    this.#cancel();
    const moments = this.#moments;
    if (moments.length === 0) return null;
    const mean = (of: (moment: Moment) => number): number => moments.reduce((sum, moment) => sum + of(moment), 0) / moments.length;
    const score = mean((moment) => moment.score);
    return {
      stretch: this.#begunAt,
      seconds: Math.round((moments.length * LOOK_EVERY) / 1_000),
      lossPercent: mean((moment) => moment.lossPercent),
      jitterMillis: Math.round(mean((moment) => moment.jitterMillis)),
      roundTripMillis: Math.round(mean((moment) => moment.roundTripMillis)),
      score,
      lowestScore: Math.min(score, ...moments.map((moment) => moment.score)),
    };
  }

  async #look(): Promise<void> {
    const now = await this.#parts.counters().catch(() => null);
    if (this.#stopped) return;
    if (this.#before !== null && now !== null) {
      const moment = momentOf(this.#before, now);
      // on hold nothing comes, and nothing is measured
      if (moment !== null) this.#moments.push(moment);
      this.#parts.changed(moment);
    }
    this.#before = now ?? this.#before;
    this.#cancel = this.#parts.timers.after(LOOK_EVERY, () => void this.#look());
  }
}

/** Reads a browser's report; null before there is any sound. */
export function countersIn(report: Iterable<{ readonly type: string }>): Counters | null {
  let inbound: Partial<RTCInboundRtpStreamStats> | null = null;
  let far: { fractionLost?: number; roundTripTime?: number } | null = null;
  let pair: Partial<RTCIceCandidatePairStats> | null = null;
  for (const one of report) {
    if (one.type === 'inbound-rtp') inbound = one as Partial<RTCInboundRtpStreamStats>;
    else if (one.type === 'remote-inbound-rtp') far = one as { fractionLost?: number; roundTripTime?: number };
    else if (one.type === 'candidate-pair' && (one as Partial<RTCIceCandidatePairStats>).nominated) pair = one as Partial<RTCIceCandidatePairStats>;
  }
  if (inbound === null) return null;
  const { packetsReceived = 0, packetsLost = 0, jitter = 0, jitterBufferDelay = 0, jitterBufferEmittedCount = 0 } = inbound;
  const roundTrip = far?.roundTripTime ?? pair?.currentRoundTripTime ?? null;
  return {
    received: packetsReceived,
    lost: packetsLost,
    outLostShare: far?.fractionLost ?? null,
    jitterMillis: jitter * 1_000,
    roundTripMillis: roundTrip === null ? null : roundTrip * 1_000,
    bufferedMillis: jitterBufferEmittedCount === 0 ? 0 : (1_000 * jitterBufferDelay) / jitterBufferEmittedCount,
  };
}
