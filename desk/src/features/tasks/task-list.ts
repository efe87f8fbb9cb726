import { asFault, type DeskFault } from '../../client/faults';
import type { TaskApi, TaskPage, TaskView } from '../../client/tasks';
import type { Timers } from '../../client/timers';
import type { TaskLoad } from '../../generated/wire';

/** A hundred desks hear of a task at once: they do not read at once. */
const SPREAD = 4_000;
/** Tasks of other people's queues are not told of. */
const OTHERS_AGAIN = 30_000;

export interface ShownTasks {
  readonly view: TaskView;
  /** Null until it was read. */
  readonly page: TaskPage | null;
  readonly failed: boolean;
}

/** The list of call-backs, read again when the server says that it is another one; outside of React. */
export class TaskList {
  readonly #api: TaskApi;
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  #shown: ShownTasks = { view: 'queues', page: null, failed: false };
  #load: TaskLoad | null = null;
  #asked = 0;
  #cancel: (() => void) | null = null;

  constructor(api: TaskApi, timers: Timers) {
    this.#api = api;
    this.#timers = timers;
  }

  readonly get = (): ShownTasks => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  show(view: TaskView): void {
    this.#set({ view, page: null });
    void this.read();
  }

  /** What the server says that is owed; another load is another list. */
  owed(load: TaskLoad): void {
    const before = this.#load;
    this.#load = load;
    if (before === load) return;
    if (before === null) void this.read();
    else this.#cancel ??= this.#timers.after(SPREAD * this.#timers.random(), () => void this.read());
  }

  /** The list is not on the page any more. */
  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#asked += 1;
    this.#load = null;
  }

  /** Does something with a task and reads what is left; the fault when it was not done. */
  async act(work: (api: TaskApi) => Promise<void>): Promise<DeskFault | null> {
    let fault: DeskFault | null = null;
    try {
      await work(this.#api);
    } catch (error) {
      fault = asFault(error);
    }
    await this.read();
    return fault;
  }

  async read(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    const asked = ++this.#asked;
    const { view } = this.#shown;
    try {
      const page = await this.#api.list(view);
      if (asked !== this.#asked) return;
      this.#set({ page, failed: false });
    } catch {
      if (asked !== this.#asked) return;
      this.#set({ failed: true });
    }
    if (view === 'open') this.#cancel = this.#timers.after(OTHERS_AGAIN, () => void this.read());
  }

  #set(change: Partial<ShownTasks>): void {
    this.#shown = { ...this.#shown, ...change };
    this.#listeners.forEach((listener) => listener());
  }
}
