const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** The server puts nothing off for longer. */
const FARTHEST = 30 * DAY;

export type LaterCode = 'hour' | 'afternoon' | 'tomorrow';

export interface Later {
  readonly code: LaterCode;
  readonly at: number;
}

function today(now: number, hours: number): number {
  return new Date(now).setHours(hours, 0, 0, 0);
}

/** The times that people mean by "later", of those that are still to come. */
export function laterThan(now: number): readonly Later[] {
  const afternoon = today(now, 14);
  const tomorrow = new Date(today(now, 9));
  tomorrow.setDate(tomorrow.getDate() + 1);
  return [
    { code: 'hour', at: now + HOUR },
    ...(afternoon - now >= HOUR ? [{ code: 'afternoon', at: afternoon } as const] : []),
    { code: 'tomorrow', at: tomorrow.getTime() },
  ];
}

/** As a field for date and time has it: in this computer's zone, to the minute. */
export function fieldTime(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What such a field says; null when it says nothing that a task can be put off to. */
export function chosenTime(field: string, now: number): number | null {
  const at = new Date(field).getTime();
  return Number.isNaN(at) || at <= now || at > now + FARTHEST ? null : at;
}
