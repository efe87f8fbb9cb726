import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk, useMe } from '../../ui/desk-context';
import { useOutcomes } from '../wrap-up/dispositions';
import { missingOf } from '../wrap-up/outcome-fields';

interface ActionsProps {
  readonly call: CallView;
  readonly linkDown: string | null;
}

export function WrapUpActions({ call, linkDown }: ActionsProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  return (
    <>
      <Action
        label={w.wrapUp.extend}
        hotkey="extend"
        reason={linkDown ?? (call.mayExtend ? null : w.wrapUp.extended)}
        run={() => desk.carryOut({ type: 'extendWrapUp', callId: call.callId })}
      />
      <Action
        label={me.state === 'WRAP_UP_BREAK_NEXT' ? w.wrapUp.finishBreak : w.wrapUp.finish}
        look="accent"
        hotkey="finish"
        reason={useOpen(call) ?? linkDown}
        run={() => {
          desk.notes.flush();
          return desk.carryOut({ type: 'finishWrapUp', callId: call.callId, disposition: null });
        }}
      />
    </>
  );
}

/** What is still to be said of it. */
function useOpen(call: CallView): string | null {
  const { w, locale } = useWords();
  const { any, fields, fieldLabel } = useOutcomes();
  if (any && call.disposition === null) return w.wrapUp.choose;
  const missing = missingOf(call, fields);
  return missing.length === 0 ? null : w.wrapUp.missing(new Intl.ListFormat(locale).format(missing.map((field) => fieldLabel(field.id))));
}
