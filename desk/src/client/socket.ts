import type { DeskCommand, DeskMessage, FromServer, Result, TeamView } from '../generated/wire';
import type { Link } from '../store/store';
import { DeskFault, LINK_DOWN, OUTCOME_UNKNOWN } from './faults';
import type { Timers } from './timers';

const ANSWER_WITHIN = 10_000;
/** The server says something every two seconds, if only that it lives. */
const SILENCE_ALLOWED = 5_000;
const PULSE_ANSWER_WITHIN = 3_000;
const OPEN_WITHIN = 8_000;
const FIRST_RETRY = 250;
const LONGEST_RETRY = 8_000;
/** The session ended: no reconnect can help before a new sign-in. */
const CLOSED_FOR_SESSION = [1008, 4401];

interface Waiting {
  readonly done: () => void;
  readonly failed: (fault: DeskFault) => void;
  readonly cancelTimeout: () => void;
}

export interface SocketEvents {
  message(message: DeskMessage): void;
  /** The team, while it is watched. */
  team?(view: TeamView): void;
  link(link: Link): void;
  /** The socket was refused or closed because nobody is signed in; may be asked more than once. */
  sessionDoubtful(): void;
}

/** The desk's WebSocket: numbered commands with their answers, messages in order, kept alive. */
export class DeskSocket {
  readonly #open: () => WebSocket;
  readonly #events: SocketEvents;
  readonly #timers: Timers;
  readonly #waiting = new Map<number, Waiting>();
  #socket: WebSocket | null = null;
  #nextId = 1;
  #failures = 0;
  #stopped = false;
  #cancelRetry = (): void => {};
  #cancelSilence = (): void => {};
  #cancelOpen = (): void => {};

  constructor(open: () => WebSocket, events: SocketEvents, timers: Timers) {
    this.#open = open;
    this.#events = events;
    this.#timers = timers;
  }

  start(): void {
    this.#stopped = false;
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelRetry();
    this.#drop();
  }

  /** Tries at once: the network came back, or the agent asked for it. */
  tryNow(): void {
    if (this.#stopped) return;
    if (this.#socket === null) this.#connect();
    else this.#pulse();
  }

  /** Resolves when the server has committed it; rejects with a DeskFault. */
  send(command: DeskCommand, within = ANSWER_WITHIN): Promise<void> {
    const socket = this.#socket;
    if (socket === null || socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new DeskFault(LINK_DOWN, 'The link to the server is down.'));
    }
    const id = this.#nextId++;
    return new Promise((done, failed) => {
      const cancelTimeout = this.#timers.after(within, () => {
        this.#settle(id)?.failed(new DeskFault(OUTCOME_UNKNOWN, 'The server did not answer in time.'));
      });
      this.#waiting.set(id, { done, failed, cancelTimeout });
      socket.send(JSON.stringify({ id, command }));
    });
  }

  #connect(): void {
    this.#cancelRetry();
    const socket = this.#open();
    this.#socket = socket;
    const mine = (work: () => void) => () => {
      if (this.#socket === socket) work();
    };
    this.#cancelOpen = this.#timers.after(OPEN_WITHIN, mine(() => this.#lost()));
    socket.onopen = mine(() => this.#opened());
    socket.onmessage = (event) => mine(() => this.#received(String(event.data)))();
    socket.onclose = (event) => mine(() => this.#lost(event.code))();
  }

  #opened(): void {
    this.#cancelOpen();
    this.#events.link({ state: 'up', since: this.#timers.now() });
    this.#watchSilence();
  }

  #received(text: string): void {
    this.#failures = 0;
    this.#watchSilence();
    const frame = JSON.parse(text) as FromServer;
    if (frame.message) this.#events.message(frame.message);
    if (frame.team) this.#events.team?.(frame.team);
    if (frame.result) this.#answered(frame.result);
  }

  #answered({ id, fault }: Result): void {
    const waiting = this.#settle(id);
    if (fault) waiting?.failed(new DeskFault(fault.type, fault.detail));
    else waiting?.done();
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.cancelTimeout();
    return waiting;
  }

  #watchSilence(): void {
    this.#cancelSilence();
    this.#cancelSilence = this.#timers.after(SILENCE_ALLOWED, () => this.#pulse());
  }

  /** A page cannot send a WebSocket ping, and a cut cable closes nothing: ask for something. */
  #pulse(): void {
    const socket = this.#socket;
    this.send({ type: 'askSnapshot' }, PULSE_ANSWER_WITHIN).catch((fault: DeskFault) => {
      if (fault.type === OUTCOME_UNKNOWN && this.#socket === socket) this.#lost();
    });
  }

  #lost(code?: number): void {
    this.#drop();
    if (this.#stopped) return;
    if (code !== undefined && CLOSED_FOR_SESSION.includes(code)) this.#events.sessionDoubtful();
    // a refused handshake looks like a lost network to a page
    if (this.#failures > 0) this.#events.sessionDoubtful();
    const wait = this.#backoff();
    this.#events.link({ state: 'down', since: this.#timers.now(), nextTryAt: this.#timers.now() + wait });
    this.#cancelRetry = this.#timers.after(wait, () => this.#connect());
  }

  #backoff(): number {
    const full = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.#failures);
    this.#failures += 1;
    return full / 2 + (full / 2) * this.#timers.random();
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#cancelOpen();
    this.#cancelSilence();
    socket?.close();
    const orphans = [...this.#waiting.keys()].map((id) => this.#settle(id));
    orphans.forEach((one) => one?.failed(new DeskFault(OUTCOME_UNKNOWN, 'The link was lost before the answer came.')));
  }
}
