import type { Entry } from '../../client/setup';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export interface Branch {
  readonly entry: Entry;
  /** In the list that is sent. */
  readonly index: number;
  /** 0: stands in no other. */
  readonly level: number;
}

/** Dispositions as agents see them: each below the one in which it stands. */
export function treeOf(entries: readonly Entry[]): readonly Branch[] {
  const found: Branch[] = [];
  const seen = new Set<number>();
  const add = (parent: string | null, level: number): void => {
    entries.forEach((entry, index) => {
      if (seen.has(index) || text(entry['in']) !== parent) return;
      seen.add(index);
      found.push({ entry, index, level });
      const code = text(entry['code']);
      if (code !== null) add(code, level + 1);
    });
  };
  add(null, 0);
  // those whose group is not there, or that stand in themselves
  entries.forEach((entry, index) => {
    if (!seen.has(index)) found.push({ entry, index, level: 0 });
  });
  return found;
}

/** One further up or down among those beside it; the same list where there is nobody to change places with. */
export function moved(entries: readonly Entry[], index: number, step: 1 | -1): readonly Entry[] {
  const group = text(entries[index]?.['in']);
  let other = index + step;
  while (entries[other] !== undefined && text(entries[other]?.['in']) !== group) other += step;
  const mine = entries[index];
  const theirs = entries[other];
  if (mine === undefined || theirs === undefined) return entries;
  return entries.map((entry, at) => (at === index ? theirs : at === other ? mine : entry));
}

/** Where it may stand without standing in itself. */
export function groupsFor(entries: readonly Entry[], code: string | null): readonly string[] {
  const below = new Set(code === null ? [] : [code]);
  for (let before = -1; before !== below.size; ) {
    before = below.size;
    for (const entry of entries) {
      const group = text(entry['in']);
      const own = text(entry['code']);
      if (group !== null && own !== null && below.has(group)) below.add(own);
    }
  }
  return entries.flatMap((entry) => {
    const own = text(entry['code']);
    return own === null || below.has(own) ? [] : [own];
  });
}
