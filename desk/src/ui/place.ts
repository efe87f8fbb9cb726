import { useSyncExternalStore } from 'react';

export type PageName = 'team' | 'alarms' | 'incidents' | 'setup' | 'trunks' | 'imports' | 'crms' | 'letters' | 'health' | 'calls';

/** Which page stands in the middle, and what it is about; no page is the desk itself. */
export interface Place {
  readonly page: PageName | null;
  readonly of: string | null;
}

const PAGES: readonly string[] = ['team', 'alarms', 'incidents', 'setup', 'trunks', 'imports', 'crms', 'letters', 'health', 'calls'] satisfies PageName[];
const HOME: Place = { page: null, of: null };

/** The place that an address names behind its '#'; whatever is none is the desk. */
export function placeOf(hash: string): Place {
  const [, page = '', of = ''] = hash.replace(/^#/, '').split('/');
  if (!PAGES.includes(page)) return HOME;
  return { page: page as PageName, of: of === '' ? null : decoded(of) };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A link to it: the browser's own back and a second tab work. */
export function linkTo(page: PageName | null, of?: string): string {
  if (page === null) return '#/';
  return of === undefined ? `#/${page}` : `#/${page}/${encodeURIComponent(of)}`;
}

let seen = { hash: '', place: HOME };

function now(): Place {
  if (seen.hash !== location.hash) seen = { hash: location.hash, place: placeOf(location.hash) };
  return seen.place;
}

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, now);
}
