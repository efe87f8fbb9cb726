import type { Rest } from './rest';

/** A call-back that is owed. */
export interface Task {
  readonly id: string;
  readonly customerId: string | null;
  readonly customer: string | null;
  readonly number: string | null;
  readonly queue: string;
  readonly reason: string;
  readonly attempts: number;
  readonly lastAt: string;
  readonly dueAt: string;
  readonly mine: boolean;
  readonly takenBy: string | null;
  /** How often we called and did not reach them, and what became of the last time. */
  readonly tries: number;
  readonly lastTry: string | null;
  /** The recording of the message that they left last. */
  readonly message: string | null;
}

/** The first tasks, the one that is due first first, and how many there are. */
export interface TaskPage {
  readonly items: readonly Task[];
  readonly next: string | null;
  readonly count: number;
  readonly due: number;
}

/** Those that I took, those of my queues that nobody else took, or all. */
export type TaskView = 'mine' | 'queues' | 'open';

/** Tasks over HTTP. */
export class TaskApi {
  readonly #rest: Rest;

  constructor(rest: Rest) {
    this.#rest = rest;
  }

  list(view: TaskView): Promise<TaskPage> {
    return this.#rest.get(`/tasks?view=${view}&limit=20`);
  }

  act(id: string, what: 'take' | 'give-back' | 'done'): Promise<void> {
    return this.#rest.post(`/tasks/${id}/${what}`, {});
  }

  postpone(id: string, at: number): Promise<void> {
    return this.#rest.post(`/tasks/${id}/postpone`, { dueAt: new Date(at).toISOString() });
  }
}
