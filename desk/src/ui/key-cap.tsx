import type { ReactNode } from 'react';
import { useWords } from '../i18n/language';

/** A key as it is printed on a button. */
export function KeyCap({ name }: { readonly name: string }): ReactNode {
  const { w } = useWords();
  const shown = name.replace('ctrl+', 'Ctrl ').replace('Enter', w.keys.enter);
  return (
    <kbd className="key" aria-hidden>
      {shown.length === 1 ? shown.toUpperCase() : shown}
    </kbd>
  );
}
