import type { ReactNode } from 'react';

/** A name from outside: any script, any direction, any length; always text. */
export function PersonName({ name }: { readonly name: string }): ReactNode {
  return (
    <bdi className="person" title={name.length > 40 ? name : undefined}>
      {name}
    </bdi>
  );
}
