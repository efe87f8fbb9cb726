import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Action, SureAction } from '../../ui/action';
import { useDesk, useMe, useOwnsSound, usePhone, useServerNow } from '../../ui/desk-context';

interface ActionsProps {
  readonly call: CallView;
  readonly linkDown: string | null;
}

export function RingingActions({ call, linkDown }: ActionsProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const phone = usePhone();
  const now = useServerNow();
  const cannot = useWhyNoAnswer(call);
  const left = call.deadlineAt === null ? null : ringLeft(call.deadlineAt, now);
  return (
    <>
      <Action
        className="answer"
        look="accent"
        label={phone.call === 'answering' ? w.call.answering : w.call.answer}
        hotkey="answer"
        reason={cannot ?? (phone.call === 'none' ? linkDown : null)}
        run={() => desk.answer(call.callId)}
      />
      <SureAction
        label={w.call.decline}
        sureLabel={w.call.declineSure}
        hint={w.call.declineMeans}
        hotkey="decline"
        reason={call.controlled ? linkDown : w.call.observedButton}
        run={() => desk.carryOut({ type: 'decline', callId: call.callId })}
      />
      {left !== null && <span className="figures faint bar-left">{w.ringing.left(left)}</span>}
    </>
  );
}

/** Seconds that it still rings. */
export function ringLeft(deadlineAt: string, now: number): number {
  return Math.max(0, Math.ceil((Date.parse(deadlineAt) - now) / 1000));
}

function useWhyNoAnswer(call: CallView): string | null {
  const { w } = useWords();
  const me = useMe();
  const owns = useOwnsSound();
  if (!call.controlled) return w.call.observedButton;
  if (me.phone === 'SIP') return w.call.answerOnPhone(me.address);
  return me.phone === 'BROWSER' && !owns ? w.call.answerElsewhere : null;
}
