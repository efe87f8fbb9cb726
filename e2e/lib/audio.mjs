// How loud a WAV file is, channel by channel.

/** 16-bit PCM only: RMS between 0 and 1 of each channel, and seconds. */
export function loudness(bytes) {
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
      return channelsOf(view, at + 8, size, format);
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('a WAV file without data');
}

function channelsOf(view, start, size, { channels, rate, bits }) {
  if (bits !== 16) throw new Error(`${bits} bits a sample`);
  const frames = Math.floor(size / 2 / channels);
  const sums = new Array(channels).fill(0);
  for (let n = 0; n < frames * channels; n++) {
    const sample = view.getInt16(start + n * 2, true) / 32768;
    sums[n % channels] += sample * sample;
  }
  return { seconds: frames / rate, rms: sums.map((sum) => Math.sqrt(sum / Math.max(1, frames))) };
}
