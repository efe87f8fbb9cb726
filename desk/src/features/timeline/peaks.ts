/** A recording is drawn as so many bars, however long it is. */
export const BARS = 200;

/** Before the samples stand at most so many bytes of header. */
const MOST_HEADER = 65_536;
const PCM = 1;
/** A format of which the real one is told in an extension. */
const EXTENSIBLE = 0xfffe;
const FULL = 32_768;

/** How loud each side is, bar by bar, from 0 to 1; what is not read yet is not there. */
export interface Peaks {
  readonly customer: readonly number[];
  /** Empty where there is one side only. */
  readonly agent: readonly number[];
}

interface Format {
  readonly channels: number;
  readonly frames: number;
  /** Of the samples. */
  readonly start: number;
}

/** Hears a WAV file of 16-bit samples as its bytes arrive, and keeps of it no more than the bars. */
export class WavPeaks {
  readonly #total: number;
  readonly #sums: number[][] = [];
  #format: Format | null = null;
  /** Bytes that mean nothing before the next ones are there. */
  #rest = new Uint8Array(0);
  #frame = 0;
  #deaf = false;

  /** `total`: bytes of the whole file. */
  constructor(total: number) {
    this.#total = total;
  }

  /** The next bytes. */
  add(bytes: Uint8Array): void {
    if (this.#deaf) return;
    const all = joined(this.#rest, bytes);
    if (this.#format !== null) {
      this.#hear(all, this.#format);
      return;
    }
    this.#format = this.#begin(all);
    if (this.#format === null) this.#rest = all;
    else this.#hear(all.subarray(this.#format.start), this.#format);
  }

  /** What was heard so far; null for what is no such file. */
  get(): Peaks | null {
    const [customer, agent] = this.#sums;
    return customer === undefined ? null : { customer, agent: agent ?? [] };
  }

  /** Bars that are there. */
  get bars(): number {
    return this.#sums[0]?.length ?? 0;
  }

  #begin(all: Uint8Array): Format | null {
    const told = readHeader(all);
    if (told === null || told === 'more') {
      this.#deaf = told === null || all.length > MOST_HEADER;
      return null;
    }
    // a file that is still written, or was cut, tells another length than it has
    const bytes = Math.min(told.bytes, this.#total - told.start);
    const frames = Math.floor(bytes / 2 / told.channels);
    this.#deaf = frames <= 0;
    return frames <= 0 ? null : { channels: told.channels, frames, start: told.start };
  }

  #hear(all: Uint8Array, { channels, frames }: Format): void {
    for (let side = this.#sums.length; side < Math.min(channels, 2); side++) this.#sums.push([]);
    const size = channels * 2;
    const whole = Math.min(Math.floor(all.length / size), frames - this.#frame);
    const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
    for (const [side, bars] of this.#sums.entries()) hearSide({ view, at: side * 2, size, whole, first: this.#frame, frames, bars });
    this.#frame += whole;
    this.#rest = all.slice(whole * size);
    this.#deaf = this.#frame >= frames;
  }
}

interface Side {
  readonly view: DataView;
  readonly at: number;
  readonly size: number;
  readonly whole: number;
  /** The first frame's number in the file. */
  readonly first: number;
  readonly frames: number;
  readonly bars: number[];
}

function hearSide({ view, at, size, whole, first, frames, bars }: Side): void {
  let n = 0;
  while (n < whole) {
    const bar = Math.floor(((first + n) * BARS) / frames);
    const end = Math.min(whole, Math.ceil(((bar + 1) * frames) / BARS) - first);
    let loudest = 0;
    for (; n < end; n++) {
      const sample = Math.abs(view.getInt16(at + n * size, true));
      if (sample > loudest) loudest = sample;
    }
    // a file of fewer frames than bars leaves some out: they are as the one before
    while (bars.length < bar) bars.push(bars.at(-1) ?? 0);
    bars[bar] = Math.max(bars[bar] ?? 0, loudest / FULL);
  }
}

/** Null for what is no WAV file of 16-bit samples. */
function readHeader(all: Uint8Array): { channels: number; start: number; bytes: number } | 'more' | null {
  const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  if (all.length < 12) return 'more';
  if (text(view, 0) !== 'RIFF' || text(view, 8) !== 'WAVE') return null;
  let channels = 0;
  for (let at = 12; at + 8 <= all.length; ) {
    const bytes = view.getUint32(at + 4, true);
    if (text(view, at) === 'data') return channels === 0 ? null : { channels, start: at + 8, bytes: bytes === 0 ? Infinity : bytes };
    if (text(view, at) === 'fmt ') {
      if (at + 24 > all.length) return 'more';
      const format = view.getUint16(at + 8, true);
      if ((format !== PCM && format !== EXTENSIBLE) || view.getUint16(at + 22, true) !== 16) return null;
      channels = view.getUint16(at + 10, true);
    }
    at += 8 + bytes + (bytes % 2);
  }
  return 'more';
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function joined(before: Uint8Array, after: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(before.length + after.length);
  all.set(before);
  all.set(after, before.length);
  return all;
}

/** Silence is a hair, so that one sees what was heard already. */
const HAIR = 0.03;
const WIDTH = 0.7;

/** What is softer than this all through is not drawn larger: noise shall not look like a talk. */
const LOUD = 0.25;

/** What fills the drawing: the loudest of both sides, so that soft telephones can be seen too. */
export function loudestOf({ customer, agent }: Peaks): number {
  return Math.max(LOUD, ...customer, ...agent);
}

/** One side's bars as a path in a field from -1 to 1, away from the middle; by their roots, as soft sounds are heard, too. */
export function pathOf(side: readonly number[], away: 'up' | 'down', loudest: number): string {
  return side
    .map((peak, bar) => {
      const height = Math.max(HAIR, Math.sqrt(Math.min(1, peak / loudest))).toFixed(3);
      return `M${bar} 0v${away === 'up' ? '-' : ''}${height}h${WIDTH}V0z`;
    })
    .join('');
}
