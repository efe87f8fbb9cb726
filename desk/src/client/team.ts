import type { DeskCommand, TeamView } from '../generated/wire';
import { asFault, DeskFault, LINK_DOWN } from './faults';
import type { Rest } from './rest';
import type { Timers } from './timers';

/** Asked for where no socket brings it. */
const ASK_EVERY = 2_000;

/** A call of today that is over. */
export interface TodaysCall {
  readonly callId: string;
  readonly arrivedAt: string;
  readonly queue: string;
  readonly outcome: string;
  readonly agent: string | null;
  readonly waitMillis: number;
  readonly talkMillis: number;
}

export type Wanted = 'READY' | 'NOT_READY' | 'OFFLINE';

/** Brings the team as it is, again and again. */
export interface TeamFeed {
  /** Until what comes back is called. A fault is told once; the next view mends it. */
  watch(show: (view: TeamView) => void, failed: (fault: DeskFault) => void): () => void;
}

/** Asks for the team: for accounts without a desk. */
export class AskedTeam implements TeamFeed {
  readonly #rest: Rest;
  readonly #timers: Timers;

  constructor(rest: Rest, timers: Timers) {
    this.#rest = rest;
    this.#timers = timers;
  }

  watch(show: (view: TeamView) => void, failed: (fault: DeskFault) => void): () => void {
    let stopped = false;
    let cancel = (): void => {};
    const again = (): void => {
      if (!stopped) cancel = this.#timers.after(ASK_EVERY, ask);
    };
    const ask = (): void => {
      this.#rest.get<TeamView>('/team').then(
        (view) => {
          if (!stopped) show(view);
          again();
        },
        (error: unknown) => {
          if (!stopped) failed(asFault(error));
          again();
        },
      );
    };
    ask();
    return () => {
      stopped = true;
      cancel();
    };
  }
}

/** Is sent the team on the desk's socket; asks for it again whenever the link is back. */
export class SentTeam implements TeamFeed {
  readonly #send: (command: DeskCommand) => Promise<void>;
  #watcher: { readonly show: (view: TeamView) => void; readonly failed: (fault: DeskFault) => void } | null = null;

  constructor(send: (command: DeskCommand) => Promise<void>) {
    this.#send = send;
  }

  receive(view: TeamView): void {
    this.#watcher?.show(view);
  }

  link(up: boolean): void {
    if (this.#watcher === null) return;
    if (up) this.#ask();
    else this.#watcher.failed(new DeskFault(LINK_DOWN, 'The link to the server is down.'));
  }

  watch(show: (view: TeamView) => void, failed: (fault: DeskFault) => void): () => void {
    const watcher = { show, failed };
    this.#watcher = watcher;
    this.#ask();
    return () => {
      if (this.#watcher !== watcher) return;
      this.#watcher = null;
      this.#send({ type: 'leaveTeam' }).catch(() => {});
    };
  }

  #ask(): void {
    const watcher = this.#watcher;
    this.#send({ type: 'watchTeam' }).catch((error: unknown) => watcher?.failed(asFault(error)));
  }
}

/** What a supervisor may order, over HTTP. */
export class TeamApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  async calls(of: { readonly queue: string } | { readonly agent: string }): Promise<readonly TodaysCall[]> {
    return (await this.#rest.get<{ items: readonly TodaysCall[] }>(`/team/calls?${new URLSearchParams(of)}`)).items;
  }

  state(agent: string, state: Wanted): Promise<void> {
    return this.#rest.post(`/agents/${agent}/state`, { state });
  }

  release(agent: string): Promise<void> {
    return this.#rest.post(`/agents/${agent}/release`, {});
  }

  serve(agent: string, queues: readonly string[]): Promise<void> {
    return this.#rest.post(`/agents/${agent}/queues`, { queues });
  }

  move(call: string, queue: string): Promise<void> {
    return this.#rest.post(`/calls/${call}/move`, { queue });
  }
}
