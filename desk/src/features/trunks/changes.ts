import type { Rewrite, Rules } from '../../client/trunks';

/** What is another in one part of the rules: each entry that went and each that came. */
export interface Change {
  readonly field: keyof Rules;
  readonly gone: readonly string[];
  readonly come: readonly string[];
  /** The entries are the same, only their order is another. */
  readonly moved: boolean;
}

/** In which order the parts stand on the page. */
const FIELDS: readonly (keyof Rules)[] = ['region', 'areaCode', 'outsidePrefixes', 'lineFrom', 'trustAsserted', 'ownNumbers', 'rewrites'];

export function rewriteText({ side, pattern, replacement }: Rewrite): string {
  return `${side === null ? '' : `${side} `}${pattern} → ${replacement}`;
}

function entries(rules: Rules, field: keyof Rules): readonly string[] {
  const value = rules[field];
  if (typeof value === 'string') return value === '' ? [] : [value];
  if (typeof value === 'boolean') return [String(value)];
  return value.map((entry) => (typeof entry === 'string' ? entry : rewriteText(entry)));
}

/** What differs, part by part; nothing when both read every number alike. */
export function changesOf(before: Rules, after: Rules): readonly Change[] {
  return FIELDS.flatMap((field) => {
    const old = entries(before, field);
    const fresh = entries(after, field);
    const gone = without(old, fresh);
    const come = without(fresh, old);
    const moved = gone.length === 0 && come.length === 0 && old.join('\n') !== fresh.join('\n');
    return gone.length > 0 || come.length > 0 || moved ? [{ field, gone, come, moved }] : [];
  });
}

/** Those of `list` beyond what `other` has; the same one twice counts twice. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = [...other];
  return list.filter((entry) => {
    const at = left.indexOf(entry);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
