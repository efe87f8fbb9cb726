import type { ReactNode } from 'react';
import { Mark } from './mark';

interface TroubleProps {
  /** What happened. */
  readonly what: string;
  /** What it means and what to do. */
  readonly then: string;
  readonly children?: ReactNode;
  readonly grave?: boolean;
}

/** Something is wrong, in three parts: what happened, what it means now, what to do. */
export function Trouble({ what, then, children, grave = false }: TroubleProps): ReactNode {
  return (
    <div className={`trouble ${grave ? 'grave' : ''}`} role={grave ? 'alert' : 'status'}>
      <Mark shape="warning" />
      <p>
        <strong>{what}</strong> {then}
      </p>
      {children && <div className="trouble-do">{children}</div>}
    </div>
  );
}
