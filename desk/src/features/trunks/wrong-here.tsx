import type { ReactNode } from 'react';
import type { Wrong } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { type Words, word } from '../../i18n/words';

/** What cannot be set, beside what was typed. */
export function WrongHere({ wrong }: { readonly wrong: readonly Wrong[] }): ReactNode {
  const { w } = useWords();
  return wrong.map((one) => (
    <span key={one.field} className="panel-wrong" role="alert">
      <bdi>{said(one, w)}</bdi>
    </span>
  ));
}

/** By the part's name, without its number: of rewrites/0/pattern that is pattern. */
function said({ field, detail }: Wrong, w: Words): string {
  const part = field.split('/').findLast((name) => !/^\d+$/.test(name)) ?? field;
  return Object.hasOwn(w.trunks.wrong, part) ? word(w.trunks.wrong, part, detail) : detail;
}
