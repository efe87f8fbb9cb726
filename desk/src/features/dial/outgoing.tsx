import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { SureAction } from '../../ui/action';
import { moment } from '../../format/time';
import { useDesk, useServerNow } from '../../ui/desk-context';
import { Mark } from '../../ui/mark';

/** What became of a number that was dialled and not reached. */
export function OutgoingOutcome({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const { outgoing } = call;
  if (outgoing === null || outgoing === 'ANSWERED' || call.phase === 'RINGING') return null;
  const over = call.endedAt !== null;
  return (
    <p className={over ? 'also-talking' : 'faint'} role="status">
      {over && <Mark shape="warning" />} {word(w.dial.state, outgoing)}
    </p>
  );
}

interface DiallingProps {
  readonly call: CallView;
  readonly linkDown: string | null;
}

/** That this is a call-back, and since when the customer waits for it. */
export function CallBackAsked({ call }: { readonly call: CallView }): ReactNode {
  const { w, locale } = useWords();
  const now = useServerNow();
  if (call.callBackAskedAt === null || call.phase !== 'RINGING') return null;
  return <p className="strong">{w.ringing.callBack(moment(call.callBackAskedAt, now, locale))}</p>;
}

/** Before the customer is there one can only give up. */
export function DiallingActions({ call, linkDown }: DiallingProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  return (
    <SureAction
      label={w.dial.giveUp}
      sureLabel={w.dial.giveUpSure}
      hotkey="end"
      look="danger"
      reason={linkDown}
      run={() => desk.carryOut({ type: 'hangUp', callId: call.callId })}
    />
  );
}
