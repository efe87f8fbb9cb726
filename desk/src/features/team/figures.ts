import type { QueueDay } from '../../generated/wire';

/** Of all calls that were not turned away, how many were answered in time, in percent; null without calls. */
export function serviceLevel(day: QueueDay): number | null {
  const counted = day.offered - day.turnedAway;
  return counted === 0 ? null : Math.round((100 * day.inTime) / counted);
}

/** How long the answered waited on average, milliseconds; null when none was. */
export function averageWait(day: QueueDay): number | null {
  return day.answered === 0 ? null : day.waitMillis / day.answered;
}

/** How long the answered talked on average, milliseconds; null when none was. */
export function averageTalk(day: QueueDay): number | null {
  return day.answered === 0 ? null : day.talkMillis / day.answered;
}
