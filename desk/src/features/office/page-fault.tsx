import type { ReactNode } from 'react';
import { type DeskFault, LINK_DOWN } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';
import { Trouble } from '../../ui/trouble';

/** Trying again would give the same. */
const NOTHING: readonly string[] = ['/problems/not-found', '/problems/bad-request'];

/** A page could not be read: what happened, what it means, what to do. */
export function PageFault({ fault, again }: { readonly fault: DeskFault; readonly again: () => unknown }): ReactNode {
  const { w } = useWords();
  if (fault.type === '/problems/forbidden') return <Trouble what={w.office.forbidden} then={w.office.forbiddenDo} />;
  if (NOTHING.includes(fault.type)) return <Trouble what={w.office.nothingHere} then={faultWords(fault, w)} />;
  const then = fault.type === LINK_DOWN ? w.office.linkDownDo : `${faultWords(fault, w)} ${w.office.failedDo}`;
  return (
    <div className="page-fault">
      <Trouble what={w.office.failed} then={then}>
        <Action label={w.timeline.again} run={again} />
      </Trouble>
    </div>
  );
}
