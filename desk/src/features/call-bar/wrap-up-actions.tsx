import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk, useMe } from '../../ui/desk-context';
import { useDispositions } from '../wrap-up/dispositions';

interface ActionsProps {
  readonly call: CallView;
  readonly linkDown: string | null;
}

export function WrapUpActions({ call, linkDown }: ActionsProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const { items } = useDispositions();
  const open = items.length > 0 && call.disposition === null ? w.wrapUp.choose : null;
  const finish = (): Promise<boolean> => {
    desk.notes.flush();
    return desk.carryOut({ type: 'finishWrapUp', callId: call.callId, disposition: null });
  };
  return (
    <Action
      label={me.state === 'WRAP_UP_BREAK_NEXT' ? w.wrapUp.finishBreak : w.wrapUp.finish}
      look="accent"
      hotkey="ctrl+Enter"
      also={['Enter']}
      reason={linkDown ?? open}
      run={finish}
    />
  );
}
