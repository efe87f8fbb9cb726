// CPU of processes, from /proc.
import { readFileSync, readdirSync } from 'node:fs';
import { loadavg } from 'node:os';

// what a tick is on every Linux that runs this
const MILLIS_A_TICK = 10;

function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { parent: Number(fields[1]), own: Number(fields[11]) + Number(fields[12]), ended: Number(fields[13]) + Number(fields[14]) };
  } catch {
    return null;
  }
}

/** Who started it. */
export const parentOf = (pid) => stat(pid)?.parent;

/** User and system time of a process, milliseconds. */
export const cpu = (pid) => (stat(pid)?.own ?? 0) * MILLIS_A_TICK;

/** The same with the processes that it started, also those that have ended. */
export function cpuOfFamily(pid) {
  const first = stat(pid);
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(stat).filter((one) => one?.parent === pid);
  return ((first?.own ?? 0) + (first?.ended ?? 0) + children.reduce((sum, one) => sum + one.own, 0)) * MILLIS_A_TICK;
}

export const load = () => loadavg().map((one) => one.toFixed(1)).join(' ');
