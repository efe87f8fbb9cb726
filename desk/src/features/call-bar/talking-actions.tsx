import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Action, SureAction } from '../../ui/action';
import { useDesk, useMe, usePhone } from '../../ui/desk-context';
import { Keypad } from './keypad';
import { Level } from './level';

interface ActionsProps {
  readonly call: CallView;
  readonly linkDown: string | null;
}

export function TalkingActions({ call, linkDown }: ActionsProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const phone = usePhone();
  const foreign = call.controlled ? null : w.call.observedButton;
  const held = call.phase === 'HELD';
  const { callId } = call;
  return (
    <>
      <Action
        label={phone.muted ? w.call.unmute : w.call.mute}
        hotkey="m"
        pressed={phone.muted}
        reason={useWhyNoSound(w.call.muteOnPhone)}
        run={() => desk.phone.mute(!phone.muted)}
      />
      <Action
        label={held ? w.call.resume : w.call.hold}
        hotkey="h"
        look={held ? 'accent' : 'plain'}
        reason={foreign ?? linkDown ?? (call.phase === 'REJOINING' ? w.call.holdRejoining : null)}
        run={() => desk.carryOut({ type: held ? 'resume' : 'hold', callId })}
      />
      <Keypad reason={useWhyNoSound(w.call.keypadOnPhone)} />
      <SureAction
        label={w.call.end}
        sureLabel={w.call.endSure}
        hotkey="e"
        look="danger"
        reason={foreign ?? linkDown}
        run={() => desk.carryOut({ type: 'hangUp', callId })}
      />
      {phone.call === 'connected' && <Level />}
    </>
  );
}

/** Mute and tones happen in this page's phone, or at the device. */
function useWhyNoSound(atDevice: (address: string) => string): string | null {
  const { w } = useWords();
  const me = useMe();
  const phone = usePhone();
  if (phone.call === 'connected') return null;
  return me.phone === 'SIP' ? atDevice(me.address) : w.call.muteNoSound;
}
