export interface Loudness {
  /** The loudest moment since the last read, between 0 and 1. */
  read(): number;
  stop(): void;
}

/** As much as an analyser keeps, 0.7 s: a busy computer reads late, and must not hear less for it. */
const KEPT = 32_768;
/** A moment, 11 ms. */
const MOMENT = 512;

/** Listens to a stream without playing it. */
export function loudnessOf(stream: MediaStream): Loudness {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = KEPT;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(KEPT);
  let heardUntil = context.currentTime;
  return {
    read: () => {
      const now = context.currentTime;
      const fresh = Math.min(KEPT, Math.round((now - heardUntil) * context.sampleRate));
      heardUntil = now;
      analyser.getFloatTimeDomainData(samples);
      return loudestMoment(samples.subarray(KEPT - Math.max(fresh, MOMENT)));
    },
    stop: () => void context.close(),
  };
}

/** The loudness of the loudest moment of these. */
export function loudestMoment(samples: Float32Array): number {
  let loudest = 0;
  for (let from = 0; from < samples.length; from += MOMENT) {
    const moment = samples.subarray(from, from + MOMENT);
    const power = moment.reduce((sum, sample) => sum + sample * sample, 0) / moment.length;
    loudest = Math.max(loudest, power);
  }
  return Math.sqrt(loudest);
}
