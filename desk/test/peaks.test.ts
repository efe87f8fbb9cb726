import { describe, expect, it } from 'vitest';
import { BARS, loudestOf, type Peaks, pathOf, WavPeaks } from '../src/features/timeline/peaks';
import { isTooLong, readSound } from '../src/features/timeline/read-sound';

const RATE = 8_000;

interface Wav {
  /** Samples of each channel. */
  readonly sides: readonly (readonly number[])[];
  readonly bits?: number;
  readonly format?: number;
  /** What the header tells of the samples' bytes. */
  readonly told?: number;
  /** A chunk of so many bytes before the samples. */
  readonly before?: number;
}

function wav({ sides, bits = 16, format = 1, told, before = 0 }: Wav): Uint8Array<ArrayBuffer> {
  const channels = sides.length;
  const frames = sides[0]?.length ?? 0;
  const start = 44 + (before > 0 ? 8 + before + (before % 2) : 0);
  const bytes = new Uint8Array(start + frames * channels * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string): void => [...word].forEach((letter, n) => view.setUint8(at + n, letter.charCodeAt(0)));
  text(0, 'RIFF');
  text(8, 'WAVE');
  text(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, format, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, RATE, true);
  view.setUint16(34, bits, true);
  if (before > 0) {
    text(36, 'LIST');
    view.setUint32(40, before, true);
  }
  text(start - 8, 'data');
  view.setUint32(start - 4, told ?? frames * channels * 2, true);
  sides.forEach((side, channel) => side.forEach((sample, n) => view.setInt16(start + (n * channels + channel) * 2, sample, true)));
  return bytes;
}

/** So many seconds of one loudness. */
const tone = (seconds: number, loudest: number): number[] => Array.from({ length: seconds * RATE }, (_, n) => (n % 2 === 0 ? loudest : -loudest));

function peaksOf(bytes: Uint8Array, atOnce = bytes.length): Peaks | null {
  const peaks = new WavPeaks(bytes.length);
  for (let at = 0; at < bytes.length; at += atOnce) peaks.add(bytes.subarray(at, at + atOnce));
  return peaks.get();
}

describe('the peaks of a recording', () => {
  const quiet = tone(1, 0);
  const loud = tone(1, 16_384);
  const talk = wav({ sides: [[...loud, ...quiet], [...quiet, ...loud]] });

  it('tell the two sides apart, and when each of them speaks', () => {
    const half = BARS / 2;
    const { customer, agent } = peaksOf(talk)!;
    expect([customer.length, agent.length]).toEqual([BARS, BARS]);
    expect([Math.max(...customer.slice(half)), Math.max(...agent.slice(0, half))]).toEqual([0, 0]);
    expect(new Set(customer.slice(0, half))).toEqual(new Set([0.5]));
    expect(new Set(agent.slice(half))).toEqual(new Set([0.5]));
  });

  it.each([1, 7, 44, 1_000, 16_383])('are the same when the bytes arrive %i at a time', (atOnce) => {
    expect(peaksOf(talk, atOnce)).toEqual(peaksOf(talk));
  });

  it('of a file that is still read are those of its beginning, in their place', () => {
    const peaks = new WavPeaks(talk.length);
    peaks.add(talk.subarray(0, 44 + (talk.length - 44) / 4));
    expect(peaks.bars).toBe(BARS / 4);
    expect(peaks.get()!.customer[0]).toBe(0.5);
  });

  it('go by the file where its header tells another length', () => {
    for (const told of [0, 0xffff_ffff]) expect(peaksOf(wav({ sides: [[...loud, ...quiet]], told }))!.customer).toEqual(peaksOf(wav({ sides: [[...loud, ...quiet]] }))!.customer);
  });

  it('are found behind whatever else stands in the header', () => {
    expect(peaksOf(wav({ sides: [loud], before: 33 }), 10)).toEqual({ customer: new Array(BARS).fill(0.5), agent: [] });
  });

  it('of a file shorter than its drawing fill it all the same', () => {
    expect(peaksOf(wav({ sides: [[-32_768, 0, 16_384]] }))!.customer.at(-1)).toBe(0.5);
    expect(peaksOf(wav({ sides: [[-32_768, 0, 16_384]] }))!.customer[0]).toBe(1);
  });

  it('are none for what is no such file', () => {
    const nothing = [wav({ sides: [loud], bits: 8 }), wav({ sides: [loud], format: 6 }), wav({ sides: [[]] }), new Uint8Array(200_000), new TextEncoder().encode('<html>')];
    expect(nothing.map((bytes) => peaksOf(bytes, 1_000))).toEqual(nothing.map(() => null));
  });
});

describe('the drawing of a side', () => {
  it('goes away from the middle, the louder the farther, and silence is a hair', () => {
    expect(pathOf([1, 0.25, 0], 'up', 1)).toBe('M0 0v-1.000h0.7V0zM1 0v-0.500h0.7V0zM2 0v-0.030h0.7V0z');
    expect(pathOf([1], 'down', 1)).toBe('M0 0v1.000h0.7V0z');
  });

  it('is filled by the loudest of both, but not by noise', () => {
    expect(loudestOf({ customer: [0.1, 0.4], agent: [0.3] })).toBe(0.4);
    expect(loudestOf({ customer: [0.01], agent: [] })).toBe(0.25);
    expect(pathOf([0.1], 'up', 0.4)).toBe('M0 0v-0.500h0.7V0z');
  });
});

describe('a recording that is read to be heard', () => {
  const bytes = wav({ sides: [tone(3, 16_384), tone(3, 8_192)] });
  const answer = (headers: Record<string, string> = { 'Content-Length': String(bytes.length) }): Response => new Response(bytes, { headers: { 'Content-Type': 'audio/wav', ...headers } });

  it('is kept as it came, and drawn', async () => {
    const drawn: Peaks[] = [];
    const whole = await readSound(answer(), (peaks) => drawn.push(peaks));
    expect(new Uint8Array(await whole!.arrayBuffer())).toEqual(bytes);
    expect(whole!.type).toBe('audio/wav');
    expect(drawn.at(-1)).toEqual({ customer: new Array(BARS).fill(0.5), agent: new Array(BARS).fill(0.25) });
  });

  it('is left to the browser where it is too large to be kept, or nobody knows how large', async () => {
    for (const large of [answer({ 'Content-Length': '60000001' }), answer({})]) {
      const drawn: Peaks[] = [];
      expect(await readSound(large, (peaks) => drawn.push(peaks))).toBeNull();
      expect(drawn).toEqual([]);
    }
  });

  it('is not even asked for where its length says that it is too large', () => {
    expect([isTooLong(0), isTooLong(30 * 60_000), isTooLong(32 * 60_000)]).toEqual([false, false, true]);
  });
});
