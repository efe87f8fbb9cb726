import { type ReactNode, useState } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { useKey } from '../../keys/use-key';
import { needsChoice } from '../../store/select';
import { Choices } from '../../ui/choices';
import { useDesk } from '../../ui/desk-context';
import { useOutcomes } from './dispositions';
import { OutcomeFields } from './outcome-fields';

/** How the call ended: a digit for each group and outcome. It can be chosen from the talk on, and changed until the next call. */
export function WrapUp({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const outcomes = useOutcomes();
  return (
    <section className="wrap-up">
      <h2>{w.wrapUp.title}</h2>
      {outcomes.any ? <Dispositions call={call} /> : <p className="faint">{w.wrapUp.none}</p>}
      {call.disposition !== null && <OutcomeFields key={call.callId} call={call} />}
    </section>
  );
}

function Dispositions({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const outcomes = useOutcomes();
  const [group, setGroup] = useState<string | null>(null);
  const items = outcomes.in(group);
  const said = call.disposition === null ? [] : outcomes.path(call.disposition);
  const back = (): void => setGroup(null);
  useKey('back', back, { active: group !== null });
  const choose = (code: string): void => {
    if (items.some((item) => item.code === code && item.isGroup)) {
      setGroup(code);
      return;
    }
    setGroup(null);
    void desk.carryOut({ type: 'dispose', callId: call.callId, disposition: code, answers: null });
  };
  return (
    <>
      {group !== null && (
        <button type="button" className="disposition-back" onClick={back}>
          ‹ {outcomes.labelOf(group)}
        </button>
      )}
      <Choices
        label={group === null ? w.wrapUp.title : outcomes.labelOf(group)}
        className="dispositions"
        items={items.map(({ code, label, isGroup }) => ({ code, label: isGroup ? `${label} ›` : label }))}
        chosen={items.find((item) => said.includes(item.code))?.code ?? ''}
        digits={(call.phase === 'WRAP_UP' || call.phase === 'DONE') && !needsChoice(call)}
        choose={choose}
      />
      {said.length > 1 && call.disposition !== null && <p className="disposition-said">{outcomes.labelOf(call.disposition)}</p>}
    </>
  );
}
