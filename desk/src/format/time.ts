const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 0:07, 12:03, 1:02:03. */
export function duration(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Hours and minutes of a day: 10:03. */
export function clock(at: string | number, language: string): string {
  return formatter(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(at));
}

/** Whole date and time with the zone, for a title. */
export function exact(at: string | number, language: string): string {
  return formatter(language, { dateStyle: 'full', timeStyle: 'long' }).format(new Date(at));
}

/** A day as a list shows it: 3 May; of another year its month: May 2025. */
export function day(at: string | number, now: number, language: string): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return formatter(language, sameYear ? { day: 'numeric', month: 'short' } : { month: 'short', year: 'numeric' }).format(date);
}

/** When something was, as short as it is clear: 10:03; 3 May, 10:03; of another year its date. */
export function moment(at: string | number, now: number, language: string): string {
  if (isSameDay(at, now)) return clock(at, language);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const date = formatter(language, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }).format(new Date(at));
  return `${date} ${clock(at, language)}`;
}

export function isSameDay(at: string | number, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString();
}

/** How long ago in the largest fitting unit: "3 days ago", "昨天". */
export function ago(at: string | number, now: number, language: string): string {
  const past = now - new Date(at).getTime();
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (past < MINUTE) return words.format(0, 'minute');
  if (past < HOUR) return words.format(-Math.floor(past / MINUTE), 'minute');
  if (past < DAY) return words.format(-Math.floor(past / HOUR), 'hour');
  const days = Math.floor(past / DAY);
  if (days < 60) return words.format(-days, 'day');
  return days < 730 ? words.format(-Math.floor(days / 30.44), 'month') : words.format(-Math.floor(days / 365.25), 'year');
}

export function wholeDays(at: string, now: number): number {
  return Math.floor((now - Date.parse(at)) / DAY);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language + JSON.stringify(options);
  let known = formatters.get(key);
  if (known === undefined) {
    known = new Intl.DateTimeFormat(language, options);
    formatters.set(key, known);
  }
  return known;
}
