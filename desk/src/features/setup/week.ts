import type { Entry } from '../../client/setup';
import { daysOf } from './entries';

export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Day = (typeof WEEK)[number];

/** Open from one time to another, as typed. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** A span with its place in the week that is sent. */
export interface Placed extends Span {
  readonly at: number;
}

export interface Row {
  readonly day: Day;
  readonly spans: readonly Placed[];
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The week day by day, as the file has it. */
export function rowsOf(week: unknown): readonly Row[] {
  const parts = Array.isArray(week) ? (week as readonly Entry[]) : [];
  return WEEK.map((day) => ({
    day,
    spans: parts
      .map((part, at) => ({ part, at }))
      .filter(({ part }) => (Array.isArray(part['days']) ? part['days'] : [part['days']]).flatMap(daysOf).includes(day))
      .map(({ part, at }) => ({ from: text(part['from']), to: text(part['to']), at })),
  }));
}

/** The week with other spans on a day; each day stands by itself then. */
export function withSpans(week: unknown, day: Day, spans: readonly Span[]): readonly Entry[] {
  return rowsOf(week).flatMap((row) => (row.day === day ? spans : row.spans).map(({ from, to }) => ({ days: [row.day], from, to })));
}

/** Monday's spans on every day until Friday. */
export function asMonday(week: unknown): readonly Entry[] {
  const rows = rowsOf(week);
  const monday = rows[0]?.spans ?? [];
  return rows.flatMap((row, at) => (at < 5 ? monday : row.spans).map(({ from, to }) => ({ days: [row.day], from, to })));
}

/** The week in few words: days with the same hours together. */
export function weekWords(week: unknown, day: (name: Day) => string, till: string): readonly string[] {
  const groups: { days: Day[]; hours: string }[] = [];
  for (const { day: name, spans } of rowsOf(week)) {
    const hours = spans.map(({ from, to }) => `${from}–${to}`).join(' ');
    const last = groups.at(-1);
    if (last !== undefined && last.hours === hours) last.days.push(name);
    else groups.push({ days: [name], hours });
  }
  return groups
    .filter(({ hours }) => hours !== '')
    .map(({ days: [first, ...more], hours }) => `${first === undefined ? '' : day(first)}${more.length === 0 ? '' : till + day(more.at(-1) as Day)} ${hours}`);
}

/** Minutes since midnight; null for what is no time. */
export function minutesOf(time: string): number | null {
  const found = /^([01]?\d|2[0-4]):([0-5]\d)$/.exec(time);
  const minutes = found === null ? Infinity : Number(found[1]) * 60 + Number(found[2]);
  return minutes <= 1440 ? minutes : null;
}
