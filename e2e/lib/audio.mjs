// How loud a WAV file is, channel by channel.

/** 16-bit PCM only: RMS between 0 and 1 of each channel, and seconds. */
export function loudness(bytes) {
  const sound = soundOf(bytes);
  return { seconds: sound.frames / sound.rate, rms: rmsOf(sound, 0, sound.frames) };
}

/** The same second by second: RMS of each channel in each whole second. */
export function loudnessBySecond(bytes) {
  const sound = soundOf(bytes);
  const seconds = Math.floor(sound.frames / sound.rate);
  return Array.from({ length: seconds }, (_, n) => rmsOf(sound, n * sound.rate, (n + 1) * sound.rate));
}

/** Milliseconds of sound in each channel: of the windows of 20 ms that are louder than this. */
export function soundMillis(bytes, loud) {
  const sound = soundOf(bytes);
  const window = sound.rate / 50;
  const millis = new Array(sound.channels).fill(0);
  for (let from = 0; from + window <= sound.frames; from += window) {
    rmsOf(sound, from, from + window).forEach((rms, channel) => (millis[channel] += rms > loud ? 20 : 0));
  }
  return millis;
}

function soundOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x52494646) throw new Error('not a RIFF file');
  let at = 12;
  let format = null;
  while (at + 8 <= view.byteLength) {
    const id = view.getUint32(at);
    const size = Math.min(view.getUint32(at + 4, true), view.byteLength - at - 8);
    if (id === 0x666d7420) {
      format = { channels: view.getUint16(at + 10, true), rate: view.getUint32(at + 12, true), bits: view.getUint16(at + 22, true) };
    } else if (id === 0x64617461) {
      return { view, start: at + 8, frames: Math.floor(size / 2 / format.channels), ...checked(format) };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('a WAV file without data');
}

function checked(format) {
  if (format.bits !== 16) throw new Error(`${format.bits} bits a sample`);
  return format;
}

function rmsOf({ view, start, channels }, from, to) {
  const sums = new Array(channels).fill(0);
  for (let n = from * channels; n < to * channels; n++) {
    const sample = view.getInt16(start + n * 2, true) / 32768;
    sums[n % channels] += sample * sample;
  }
  return sums.map((sum) => Math.sqrt(sum / Math.max(1, to - from)));
}
