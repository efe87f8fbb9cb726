import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { needsChoice } from '../../store/select';
import { Choices } from '../../ui/choices';
import { useDesk } from '../../ui/desk-context';
import { useDispositions } from './dispositions';

/** How the call ended: one digit. It can be chosen from the talk on, and changed until the next call. */
export function WrapUp({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { items } = useDispositions();
  const choose = (disposition: string): Promise<boolean> =>
    desk.carryOut({ type: 'dispose', callId: call.callId, disposition });
  return (
    <section className="wrap-up">
      <h2>{w.wrapUp.title}</h2>
      {items.length === 0 ? (
        <p className="faint">{w.wrapUp.none}</p>
      ) : (
        <Choices
          label={w.wrapUp.title}
          className="dispositions"
          items={items}
          chosen={call.disposition ?? ''}
          digits={(call.phase === 'WRAP_UP' || call.phase === 'DONE') && !needsChoice(call)}
          choose={(code) => void choose(code)}
        />
      )}
    </section>
  );
}
