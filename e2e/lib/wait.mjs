/** Waits until the question has a truthy answer, and gives it; the patience only ends a broken run. */
export async function until(what, ask, patience = 100_000) {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`never happened within ${patience / 1000} s: ${what}`);
    await pause(50);
  }
}

export const pause = (millis) => new Promise((done) => setTimeout(done, millis));

/** Prints a measured time; no test asserts one. */
export function measured(what, millis) {
  console.log(`measured: ${what}: ${Math.round(millis)} ms`);
}

/** Prints how measured times are spread. */
export function spread(what, millis) {
  const sorted = [...millis].sort((a, b) => a - b);
  const at = (share) => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]);
  console.log(`measured: ${what}: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms, ${sorted.length} times`);
}
