interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The one replaced stretch that makes `after` of `before`. */
function edit(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let tail = 0;
  while (tail < shorter - from && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}

function applyBoth(base: string, first: Edit, second: Edit): string {
  return (
    base.slice(0, first.from) + first.insert + base.slice(first.to, second.from) + second.insert + base.slice(second.to)
  );
}

/**
 * Both writers' text: their edits together where they touch different places of `base`, else mine with
 * theirs below it. No typed character of either is lost.
 */
export function merge(base: string, mine: string, theirs: string): string {
  if (mine === theirs || base === theirs) return mine;
  if (base === mine) return theirs;
  const my = edit(base, mine);
  const other = edit(base, theirs);
  if (my.from < other.from && my.to <= other.from) return applyBoth(base, my, other);
  if (other.from < my.from && other.to <= my.from) return applyBoth(base, other, my);
  if (mine.includes(theirs)) return mine;
  if (theirs.includes(mine)) return theirs;
  return `${mine}\n${my.from === other.from && other.insert.trim() !== '' ? other.insert.trim() : theirs}`;
}
