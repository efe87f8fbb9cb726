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
