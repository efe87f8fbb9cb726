import type { ReactNode } from 'react';
import { ago, exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { useNow } from '../../ui/desk-context';
import { Mark } from '../../ui/mark';

/** How long ago in the text, the exact time on hover. */
export function When({ at, words }: { readonly at: string; readonly words: (time: string) => string }): ReactNode {
  const { locale } = useWords();
  const now = useNow();
  return (
    <time dateTime={at} title={exact(at, locale)}>
      {words(ago(at, now, locale))}
    </time>
  );
}

/** Who dealt with it, and how. */
export function Closed({ by, at, measure }: { readonly by: string; readonly at: string; readonly measure: string }): ReactNode {
  const { w } = useWords();
  return (
    <>
      <p>
        <Mark shape="ready" /> <When at={at} words={(time) => w.watch.by(by, time)} />
      </p>
      <blockquote dir="auto">{measure}</blockquote>
    </>
  );
}
