import type { Timers } from '../src/client/timers';

interface Due {
  readonly at: number;
  readonly work: () => void;
}

/** Time moved by hand. */
export class HandTimers implements Timers {
  #now = 1_000_000;
  #due: Due[] = [];

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  after(millis: number, work: () => void): () => void {
    const due = { at: this.#now + millis, work };
    this.#due.push(due);
    return () => {
      this.#due = this.#due.filter((other) => other !== due);
    };
  }

  /** Moves time, runs what falls due in its order, and lets promises settle after each. */
  async pass(millis: number): Promise<void> {
    const until = this.#now + millis;
    await settle();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = next.at;
      next.work();
      await settle();
    }
    this.#now = until;
  }

  #next(until: number): Due | undefined {
    return this.#due.filter((due) => due.at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

export async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}
