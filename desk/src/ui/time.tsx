import type { ReactNode } from 'react';
import { duration } from '../format/time';
import { useServerNow } from './desk-context';

/** Counts on since then. */
export function Elapsed({ since }: { readonly since: string }): ReactNode {
  const now = useServerNow();
  return <span className="figures">{duration(now - Date.parse(since))}</span>;
}
