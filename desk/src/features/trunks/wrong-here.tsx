import type { ReactNode } from 'react';
import type { Wrong } from '../../client/trunks';

/** What cannot be set, beside what was typed. */
export function WrongHere({ wrong }: { readonly wrong: readonly Wrong[] }): ReactNode {
  return wrong.map(({ field, detail }) => (
    <span key={field} className="panel-wrong" role="alert">
      <bdi>{detail}</bdi>
    </span>
  ));
}
