import type { ReactNode } from 'react';
import { ago, clock, duration, exact } from '../format/time';
import { useWords } from '../i18n/language';
import { useServerNow } from './desk-context';

/** Counts on since then. */
export function Elapsed({ since }: { readonly since: string }): ReactNode {
  const now = useServerNow();
  return <span className="figures">{duration(now - Date.parse(since))}</span>;
}

/** Relative in the text, exact on hover. */
export function Ago({ at }: { readonly at: string }): ReactNode {
  const { locale } = useWords();
  const now = useServerNow();
  return (
    <time dateTime={at} title={exact(at, locale)}>
      {ago(at, now, locale)}
    </time>
  );
}

export function ClockTime({ at }: { readonly at: string }): ReactNode {
  const { locale } = useWords();
  return (
    <time className="figures" dateTime={at} title={exact(at, locale)}>
      {clock(at, locale)}
    </time>
  );
}
