import type { Entry, SectionName, Sections, SetupChange } from '../../client/setup';

/** In the order of the file. */
export const SECTIONS: readonly SectionName[] = ['users', 'teams', 'queues', 'hours', 'lines', 'dispositions', 'fields', 'templates', 'trunks'];

const NAMED_BY: Readonly<Record<SectionName, string>> = {
  users: 'name', teams: 'id', queues: 'id', hours: 'id', lines: 'number', dispositions: 'code', fields: 'id', templates: 'id', trunks: 'name',
};

/** The order of these is that of an agent's lists. */
const ORDERED: readonly SectionName[] = ['dispositions', 'fields', 'templates'];

export function keyOf(section: SectionName): string {
  return NAMED_BY[section];
}

export function nameOf(section: SectionName, entry: Entry): string {
  const name = entry[NAMED_BY[section]];
  return typeof name === 'string' ? name : '';
}

/** The name for people, where an entry has one beside that of the file. */
export function labelOf(section: SectionName, entry: Entry, language: 'en' | 'zh'): string {
  const label = entry['shown'] ?? entry['label'] ?? entry[language];
  return typeof label === 'string' && label !== '' ? label : nameOf(section, entry);
}

export function isOrdered(section: SectionName): boolean {
  return ORDERED.includes(section);
}

/** An entry with another value; what is empty is left out. */
export function withValue(entry: Entry, key: string, value: unknown): Entry {
  const empty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (!empty) return { ...entry, [key]: value };
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== key));
}

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Of `mon-fri` each day. */
export function daysOf(text: unknown): readonly string[] {
  const [from = '', to = from] = String(text).toLowerCase().split('-');
  const first = DAYS.indexOf(from);
  const last = DAYS.indexOf(to);
  return first < 0 || last < first ? [] : DAYS.slice(first, last + 1);
}

/** Each day with its time, however the file puts them together. */
function weekText(week: readonly unknown[]): string {
  return week
    .flatMap((part) => {
      const { days, from, to } = part as Entry;
      return (Array.isArray(days) ? days : [days]).flatMap(daysOf).map((day) => `${DAYS.indexOf(day)} ${String(from)}-${String(to)}`);
    })
    .sort()
    .join();
}

/** These stand in no order. */
const SETS: readonly string[] = ['agents', 'teams', 'grants'];

/** A phone that is left out stays as it is; this takes it away. */
export const NONE = 'none';
export const PHONES: readonly string[] = ['phone', 'sparePhone'];

/** The same text for entries that mean the same. */
function canonical(value: unknown, key = ''): string {
  if (key === 'week' && Array.isArray(value)) return weekText(value);
  if (Array.isArray(value)) {
    const parts = value.map((part) => canonical(part));
    return `[${(SETS.includes(key) ? parts.sort() : parts).join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(String(value));
  const parts = Object.entries(value).filter(([name, part]) => part !== undefined && !(part === NONE && PHONES.includes(name)));
  return `{${parts.map(([name, part]) => `${name}:${canonical(part, name)}`).sort().join()}}`;
}

export function alike(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

function sameSection(one: readonly Entry[], other: readonly Entry[], ordered: boolean): boolean {
  const texts = (entries: readonly Entry[]): readonly string[] => {
    const all = entries.map((entry) => canonical(entry));
    return ordered ? all : all.sort();
  };
  return texts(one).join('\n') === texts(other).join('\n');
}

/** The sections of `mine` that are not as in `base`. */
export function changedSections(base: Sections, mine: Sections): readonly SectionName[] {
  return SECTIONS.filter((section) => {
    const entries = mine[section];
    return entries !== undefined && !sameSection(base[section] ?? [], entries, isOrdered(section));
  });
}

export interface Rebased {
  readonly entries: readonly Entry[];
  /** Names of those that both changed: mine stand. */
  readonly both: readonly string[];
}

/** What I changed of `base`, put upon what others made of it. */
export function rebase(section: SectionName, base: readonly Entry[], mine: readonly Entry[], theirs: readonly Entry[]): Rebased {
  const find = (entries: readonly Entry[], name: string): Entry | undefined => entries.find((entry) => name !== '' && nameOf(section, entry) === name);
  const both: string[] = [];
  const kept = mine.flatMap((entry) => {
    const name = nameOf(section, entry);
    const was = find(base, name);
    const is = find(theirs, name);
    if (was !== undefined && alike(entry, was)) return is === undefined ? [] : [is];
    const touched = was === undefined ? is !== undefined : is === undefined || !alike(is, was);
    if (touched && !(is !== undefined && alike(is, entry))) both.push(name);
    return [entry];
  });
  const others = theirs.filter((entry) => {
    const name = nameOf(section, entry);
    if (find(mine, name) !== undefined) return false;
    const was = find(base, name);
    if (was !== undefined && !alike(was, entry)) both.push(name);
    return was === undefined;
  });
  return { entries: [...kept, ...others], both };
}

/** What leads from `before` to `after`, as the server tells it of a file. */
export function differences(before: Sections, after: Sections): readonly SetupChange[] {
  return SECTIONS.flatMap((section) => {
    const was = before[section] ?? [];
    const is = after[section] ?? [];
    const find = (entries: readonly Entry[], name: string): Entry | undefined => entries.find((entry) => nameOf(section, entry) === name);
    const come = is.flatMap((entry) => changeOf(section, find(was, nameOf(section, entry)), entry));
    const gone = was.filter((entry) => find(is, nameOf(section, entry)) === undefined).flatMap((entry) => changeOf(section, entry, undefined));
    return [...come, ...gone];
  });
}

function changeOf(section: SectionName, was: Entry | undefined, is: Entry | undefined): readonly SetupChange[] {
  const name = nameOf(section, is ?? was ?? {});
  if (is === undefined) return [{ section, name, kind: 'REMOVED', fields: [] }];
  const keys = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is)])].filter((key) => key !== keyOf(section));
  const fields = keys.flatMap((key) => {
    const old = was?.[key];
    const fresh = is[key];
    if (canonical(old, key) === canonical(fresh, key)) return [];
    const gone = texts(old);
    const come = texts(fresh);
    const less = gone.filter((text) => !come.includes(text));
    const more = come.filter((text) => !gone.includes(text));
    return [less.length + more.length === 0 ? { name: key, gone: [gone.join(', ')], come: [come.join(', ')] } : { name: key, gone: less, come: more }];
  });
  if (was === undefined) return [{ section, name, kind: 'ADDED', fields }];
  return fields.length === 0 ? [] : [{ section, name, kind: 'CHANGED', fields }];
}

function texts(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(text) : [text(value)];
}

function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${text(part)}`)
    .join(', ');
}

/** What takes a change of users back: who was added is turned off, and a phone that was given is taken away. */
export function usersBack(before: readonly Entry[], after: readonly Entry[]): readonly Entry[] {
  const find = (name: string): Entry | undefined => after.find((entry) => nameOf('users', entry) === name);
  const known = new Set(before.map((entry) => nameOf('users', entry)));
  const back = before.map((entry) => {
    const given = PHONES.filter((phone) => entry[phone] === undefined && find(nameOf('users', entry))?.[phone] !== undefined);
    return given.reduce((made, phone) => withValue(made, phone, NONE), entry);
  });
  return [...back, ...after.filter((entry) => !known.has(nameOf('users', entry))).map((entry) => withValue(entry, 'active', false))];
}
