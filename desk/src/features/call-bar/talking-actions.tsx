import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Action, SureAction } from '../../ui/action';
import { useDesk, useMe, usePhone } from '../../ui/desk-context';
import { CallQuality } from './call-quality';
import { Keypad } from './keypad';
import { Level } from './level';
import { Consult, Transfer } from './transfer';

export interface ActionsProps {
  readonly call: CallView;
  readonly linkDown: string | null;
}

/** The agent's own microphone. */
export function Mute(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const phone = usePhone();
  return (
    <Action
      label={phone.muted ? w.call.unmute : w.call.mute}
      hotkey="mute"
      pressed={phone.muted}
      reason={useWhyNoSound()}
      run={() => desk.phone.mute(!phone.muted)}
    />
  );
}

export function TalkingActions({ call, linkDown }: ActionsProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const phone = usePhone();
  const foreign = call.controlled ? null : w.call.observedButton;
  const held = call.phase === 'HELD';
  const { callId } = call;
  const away = foreign ?? linkDown ?? (call.phase === 'REJOINING' ? w.transfer.rejoining : null);
  return (
    <>
      <Mute />
      <Action
        label={held ? w.call.resume : w.call.hold}
        hotkey="hold"
        look={held ? 'accent' : 'plain'}
        reason={foreign ?? linkDown ?? (call.phase === 'REJOINING' ? w.call.holdRejoining : null)}
        run={() => desk.carryOut({ type: held ? 'resume' : 'hold', callId })}
      />
      <Transfer callId={callId} reason={away} />
      <Consult callId={callId} reason={away} />
      <Action
        label={w.park.button}
        hotkey="park"
        hint={w.park.means}
        reason={away}
        run={() => {
          desk.notes.flush();
          return desk.carryOut({ type: 'park', callId });
        }}
      />
      <Keypad callId={callId} reason={foreign ?? linkDown ?? (call.phase === 'TALKING' ? null : w.call.keypadHeld)} />
      <SureAction
        label={w.call.end}
        sureLabel={w.call.endSure}
        hotkey="end"
        look="danger"
        reason={foreign ?? linkDown}
        run={() => desk.carryOut({ type: 'hangUp', callId })}
      />
      {phone.call === 'connected' && <Level />}
      {phone.quality !== null && <CallQuality quality={phone.quality} />}
    </>
  );
}

/** Muted is this page's phone, or the device itself. */
function useWhyNoSound(): string | null {
  const { w } = useWords();
  const me = useMe();
  const phone = usePhone();
  if (phone.call === 'connected') return null;
  return me.phone === 'SIP' ? w.call.muteOnPhone(me.address) : w.call.muteNoSound;
}
