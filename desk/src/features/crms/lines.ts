import type { CrmMapping, MappingLine, OurField, TheirField } from '../../client/crms';

/** A line of a mapping in a form: an empty `theirs` means that our field does not flow. */
export interface EditLine {
  readonly ours: OurField;
  readonly line: MappingLine | null;
}

/** Each of our fields with the line that it has, if it has one. */
export function linesOf(mapping: CrmMapping, rules: readonly MappingLine[]): readonly EditLine[] {
  return mapping.ours.map((ours) => ({ ours, line: rules.find((rule) => rule.ours === ours.name) ?? null }));
}

/** The rules with another counterpart for our field; none where `theirs` is empty. */
export function matched(rules: readonly MappingLine[], ours: OurField, theirs: TheirField | null): readonly MappingLine[] {
  const rest = rules.filter((rule) => rule.ours !== ours.name && rule.theirs !== theirs?.name);
  const before = rules.find((rule) => rule.ours === ours.name);
  if (theirs === null) return rest;
  const way = theirs.readOnly ? 'in' : (before?.way ?? 'both');
  // what was converted for another field need not fit this one: the server knows what is usual
  return [...rest, { ours: ours.name, theirs: theirs.name, way, convert: null, wins: before?.wins ?? null, table: null }];
}

/** The rules with this line changed. */
export function changed(rules: readonly MappingLine[], ours: string, change: Partial<MappingLine>): readonly MappingLine[] {
  return rules.map((rule) => (rule.ours === ours ? { ...rule, ...change } : rule));
}

/** A table for all that may stand in our field, as it may be written there. */
export function tableFor(ours: OurField, theirs: TheirField | undefined, before: MappingLine['table']): Readonly<Record<string, string>> {
  const values = ours.options.length > 0 ? ours.options : Object.keys(before ?? {});
  const same = (value: string): string => theirs?.options.find((option) => option.toLowerCase() === value.toLowerCase()) ?? '';
  return Object.fromEntries(values.map((value) => [value, before?.[value] ?? same(value)]));
}

/** Fields that have to be filled there and that nothing of ours fills. */
export function unfilled(mapping: CrmMapping, rules: readonly MappingLine[]): readonly TheirField[] {
  return mapping.theirs.filter((field) => field.required && !rules.some((rule) => rule.theirs === field.name && rule.way !== 'in'));
}

export function sameLines(some: readonly MappingLine[], others: readonly MappingLine[]): boolean {
  const told = (lines: readonly MappingLine[]): string => JSON.stringify(lines.map(({ ours, theirs, way, convert, wins, table }) => [ours, theirs, way, convert, wins, table]).sort());
  return told(some) === told(others);
}
