import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Action, SureAction } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';
import { type ActionsProps, Mute } from './talking-actions';

/** Whether this agent asks a colleague for advice, or is asked, and both are still there. */
export function isConsulting(call: CallView): boolean {
  const { consultation, phase } = call;
  return phase === 'CONSULTING' || (consultation !== null && consultation.mine && consultation.state === 'WAITING');
}

export function ConsultingActions({ call, linkDown }: ActionsProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const asks = call.consultation?.mine === true && call.endedAt === null && !call.inside;
  return (
    <>
      <Mute />
      {asks ? (
        <AskingActions call={call} linkDown={linkDown} />
      ) : (
        <SureAction
          label={call.inside ? w.call.end : w.consult.leave}
          sureLabel={w.call.endSure}
          hotkey="end"
          look="danger"
          reason={linkDown}
          run={() => desk.carryOut({ type: 'hangUp', callId: call.callId })}
        />
      )}
    </>
  );
}

/** What may become of the consultation. */
function AskingActions({ call, linkDown }: ActionsProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { callId, consultation } = call;
  const waits = consultation?.state === 'WAITING';
  const answered = linkDown ?? (consultation?.state === 'RINGING' ? w.consult.rings : null);
  return (
    <>
      <Action
        label={waits ? w.consult.swapTo.colleague(consultation.with) : w.consult.swapTo.customer}
        hotkey="swap"
        reason={answered}
        run={() => desk.carryOut({ type: 'swap', callId })}
      />
      <Action label={w.consult.join} hotkey="join" reason={answered} run={() => desk.carryOut({ type: 'merge', callId })} />
      <Action
        label={w.consult.complete}
        hotkey="complete"
        look="accent"
        reason={answered}
        run={() => {
          desk.notes.flush();
          return desk.carryOut({ type: 'completeTransfer', callId });
        }}
      />
      <Action
        label={w.consult.takeBack}
        hotkey="takeBack"
        reason={linkDown}
        run={() => desk.carryOut({ type: 'cancelConsultation', callId })}
      />
    </>
  );
}
