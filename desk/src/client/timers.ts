/** Time as it is passed in: real in the page, by hand in tests. */
export interface Timers {
  now(): number;
  /** Runs `work` after `millis`; the result cancels it. */
  after(millis: number, work: () => void): () => void;
  /** Between 0 and 1, for jitter. */
  random(): number;
}

export const realTimers: Timers = {
  now: () => Date.now(),
  after(millis, work) {
    const handle = setTimeout(work, millis);
    return () => clearTimeout(handle);
  },
  random: () => Math.random(),
};
