export interface Loudness {
  /** Between 0 and 1, of the last moment. */
  read(): number;
  stop(): void;
}

/** Listens to a stream without playing it. */
export function loudnessOf(stream: MediaStream): Loudness {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    read: () => {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    },
    stop: () => void context.close(),
  };
}
