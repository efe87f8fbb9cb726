import { useSyncExternalStore } from 'react';

/** As the system has it, until somebody chooses. */
export type Theme = 'system' | 'light' | 'dark';

const KEPT = 'cordboard.theme';
const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };

const listeners = new Set<() => void>();

function kept(): Theme {
  const chosen = localStorage.getItem(KEPT);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

/** The styles look at the page's root: see build/styles.mjs. */
function show(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  listeners.forEach((listener) => listener());
}

/** Keeps it in this browser; its other windows follow. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, theme);
  show(theme);
}

export function nextTheme(theme: Theme): Theme {
  return NEXT[theme];
}

function subscribe(listener: () => void): () => void {
  const elsewhere = (event: StorageEvent): void => {
    if (event.key === KEPT || event.key === null) show(kept());
  };
  listeners.add(listener);
  addEventListener('storage', elsewhere);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', elsewhere);
  };
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, kept);
}
