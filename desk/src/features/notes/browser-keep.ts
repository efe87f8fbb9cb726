import type { Keep } from './keeper';

/** localStorage; a full or forbidden one must not stop the typing. */
export function browserKeep(full: () => void): Keep {
  return {
    getItem: (key) => attempt(() => localStorage.getItem(key), null),
    setItem: (key, value) => {
      const kept = attempt(() => (localStorage.setItem(key, value), true), false);
      if (!kept) full();
    },
    removeItem: (key) => attempt(() => localStorage.removeItem(key), undefined),
    keys: () => attempt(() => Object.keys(localStorage), []),
  };
}

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}
