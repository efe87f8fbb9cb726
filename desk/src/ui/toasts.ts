import type { DeskFault } from '../client/faults';
import type { Timers } from '../client/timers';
import type { Notice } from '../generated/wire';

const SHOWN_FOR = 10_000;

export type Toast = { readonly id: number } & (
  | { readonly kind: 'fault'; readonly fault: DeskFault }
  | { readonly kind: 'notice'; readonly code: string; readonly value: string }
  | { readonly kind: 'storage-full' }
);

type New = { [Kind in Toast['kind']]: Omit<Extract<Toast, { kind: Kind }>, 'id'> }[Toast['kind']];

/** Short messages beside the work; they steal no focus and go by themselves. */
export class Toasts {
  readonly #timers: Timers;
  readonly #listeners = new Set<() => void>();
  #shown: readonly Toast[] = [];
  #nextId = 1;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  readonly get = (): readonly Toast[] => this.#shown;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  fault(fault: DeskFault): void {
    this.#add({ kind: 'fault', fault });
  }

  notice({ code, value }: Notice): void {
    this.#add({ kind: 'notice', code, value: value ?? '' });
  }

  storageFull(): void {
    if (!this.#shown.some((toast) => toast.kind === 'storage-full')) this.#add({ kind: 'storage-full' });
  }

  close(id: number): void {
    this.#set(this.#shown.filter((toast) => toast.id !== id));
  }

  #add(toast: New): void {
    const id = this.#nextId++;
    this.#set([...this.#shown.slice(-3), { ...toast, id } as Toast]);
    this.#timers.after(SHOWN_FOR, () => this.close(id));
  }

  #set(shown: readonly Toast[]): void {
    this.#shown = shown;
    this.#listeners.forEach((listener) => listener());
  }
}
