import { type Peaks, WavPeaks } from './peaks';

/** Some half an hour. What is larger is played as it comes, and drawn as a plain bar. */
export const MOST_BYTES = 60_000_000;
/** Of a telephone's two sides; other recordings have more. */
const LEAST_BYTES_A_SECOND = 32_000;

/** Known before it is asked for, so that it is not asked for twice. */
export function isTooLong(millis: number): boolean {
  return (millis / 1000) * LEAST_BYTES_A_SECOND > MOST_BYTES;
}

/**
 * Reads a recording once, to be played from memory and drawn: each access stands in the audit, and this is one. Null for one that
 * is too large for it, of which nothing is read.
 */
export async function readSound(answer: Response, drawn: (peaks: Peaks) => void, most = MOST_BYTES): Promise<Blob | null> {
  const total = Number(answer.headers.get('Content-Length') ?? Infinity);
  if (answer.body === null || total > most) {
    await answer.body?.cancel();
    return null;
  }
  const peaks = new WavPeaks(total);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bars = 0;
  const reader = answer.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    peaks.add(read.value);
    const now = peaks.get();
    if (now !== null && peaks.bars > bars) drawn(copyOf(now));
    bars = peaks.bars;
  }
  const whole = peaks.get();
  if (whole !== null) drawn(copyOf(whole));
  return new Blob(parts, { type: answer.headers.get('Content-Type') ?? 'audio/wav' });
}

function copyOf({ customer, agent }: Peaks): Peaks {
  return { customer: [...customer], agent: [...agent] };
}
