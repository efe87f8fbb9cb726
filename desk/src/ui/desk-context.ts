import { createContext, use, useSyncExternalStore } from 'react';
import type { Desk } from '../desk';
import type { Me } from '../generated/wire';
import type { DevicesView } from '../phone/devices';
import type { PhoneView } from '../phone/phone';
import type { DeskState, Link } from '../store/store';
import type { View } from '../store/view';

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error('No desk around this component.');
  return desk;
}

/** A part of the state; rendered again only when that part is another one. */
function usePart<T>(part: (state: DeskState) => T): T {
  const { store } = useDesk();
  const now = (): T => part(store.get());
  return useSyncExternalStore(store.subscribe, now, now);
}

/** A part of the view. Only used below the page that shows after the first snapshot. */
export function useView<T>(part: (view: View) => T): T {
  return usePart(({ view }) => {
    if (view === null) throw new Error('There is no view yet.');
    return part(view);
  });
}

export function useHasView(): boolean {
  return usePart(({ view }) => view !== null);
}

export function useMe(): Me {
  return useView((view) => view.me);
}

export function useLink(): Link {
  return usePart(({ link }) => link);
}

export function useHeardAt(): number {
  return usePart(({ heardAt }) => heardAt);
}

export function usePhone(): PhoneView {
  const { phone } = useDesk();
  return useSyncExternalStore(phone.subscribe, phone.get);
}

export function useDevices(): DevicesView {
  const { devices } = useDesk();
  return useSyncExternalStore(devices.subscribe, devices.get);
}

/** Whether this page has the sound of the agent's browser phone. */
export function useOwnsSound(): boolean {
  const desk = useDesk();
  return useSyncExternalStore(desk.store.subscribe, () => desk.ownsSound());
}

const seconds = ticker();

/** This computer's time, counted on every second. */
export function useNow(): number {
  return useSyncExternalStore(seconds.subscribe, seconds.get, seconds.get);
}

/** The server's time, counted on every second. */
export function useServerNow(): number {
  return useNow() + usePart(({ clockOffset }) => clockOffset);
}

function ticker(): { subscribe: (listener: () => void) => () => void; get: () => number } {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const tick = (): void => {
    now = Date.now();
    listeners.forEach((listener) => listener());
  };
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (listeners.size === 1) {
        now = Date.now();
        timer = setInterval(tick, 1000);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    get: () => now,
  };
}
