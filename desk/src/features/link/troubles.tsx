import { type ReactNode, useSyncExternalStore } from 'react';
import { duration } from '../../format/time';
import type { Me } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { MicrophoneTrouble } from '../../phone/line';
import { currentCall, isConnected } from '../../store/select';
import { Action } from '../../ui/action';
import { useDesk, useHeardAt, useLink, useMe, useNow, useOwnsSound, usePhone, useView } from '../../ui/desk-context';
import { Trouble } from '../../ui/trouble';

/** What stands between this desk and a talk: at most two at once, the gravest first. */
export function Troubles(): ReactNode {
  const link = useLink();
  const up = link.state === 'up';
  return (
    <div className="troubles">
      {!up && <LinkLost />}
      {up && <SwitchTrouble />}
      <SoundTrouble />
    </div>
  );
}

function LinkLost(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const now = useNow();
  const link = useLink();
  const heardAt = useHeardAt();
  const call = useView(currentCall);
  const talking = call !== null && isConnected(call);
  const wait = link.state === 'down' ? Math.max(0, Math.ceil((link.nextTryAt - now) / 1000)) : 0;
  return (
    <Trouble
      grave
      what={w.trouble.linkLost(duration(now - heardAt))}
      then={talking ? w.trouble.linkLostTalking : w.trouble.linkLostIdle}
    >
      <span className="figures">{w.trouble.retryIn(wait)}</span>
      <Action label={w.trouble.retryNow} hotkey="link" run={() => desk.retryLink()} />
    </Trouble>
  );
}

/** The way from the switch to the agent's device. */
function SwitchTrouble(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const owns = useOwnsSound();
  const phone = usePhone();
  if (me.phone === 'NONE') return <Trouble what={w.trouble.noPhone} then={w.trouble.noPhoneDo} />;
  if (!me.linkUp) return <Trouble grave what={w.trouble.switchAway} then={w.trouble.switchAwayDo} />;
  if (me.phone === 'SIP') return <DeskPhone me={me} />;
  if (me.phone !== 'BROWSER') return null;
  if (!owns) {
    return (
      <Trouble what={w.trouble.elsewhere} then={w.trouble.elsewhereDo}>
        <Action label={w.trouble.takeSound} hotkey="sound" run={() => desk.carryOut({ type: 'takeAudio' })} />
      </Trouble>
    );
  }
  if (phone.line === 'refused') return <Trouble grave what={w.trouble.lineRefused} then={w.trouble.lineRefusedDo} />;
  return phone.line === 'lost' ? <Trouble what={w.trouble.lineLost} then={w.trouble.lineLostDo} /> : null;
}

function DeskPhone({ me }: { readonly me: Me }): ReactNode {
  const { w } = useWords();
  if (me.phoneState === 'UNREGISTERED') {
    return <Trouble what={w.trouble.sipUnregistered(me.address)} then={w.trouble.sipUnregisteredDo} />;
  }
  if (me.phoneState === 'UNREACHABLE') {
    return <Trouble what={w.trouble.sipUnreachable(me.address)} then={w.trouble.sipUnreachableDo} />;
  }
  return null;
}

const WHAT_TO_DO = {
  insecure: 'insecureDo',
  denied: 'deniedDo',
  missing: 'missingDo',
  taken: 'takenDo',
  unplugged: 'unpluggedDo',
  unknown: 'unknownDo',
} as const satisfies Record<MicrophoneTrouble, string>;

/** The microphone and the way of the voice. */
function SoundTrouble(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const phone = usePhone();
  const blocked = useSyncExternalStore(desk.speaker.subscribe, desk.speaker.isBlocked);
  const call = useView(currentCall);
  if (phone.trouble !== null) {
    const again = (): unknown =>
      phone.call === 'ringing' && call !== null ? desk.phone.answer(call.callId) : desk.phone.tryMicrophone();
    return (
      <Trouble grave what={w.trouble[phone.trouble]} then={w.trouble[WHAT_TO_DO[phone.trouble]]}>
        {phone.trouble !== 'insecure' && <Action label={w.trouble.tryAgain} hotkey="sound" run={again} />}
      </Trouble>
    );
  }
  if (blocked) {
    return (
      <Trouble grave what={w.trouble.soundBlocked} then={w.trouble.soundBlockedDo}>
        <Action label={w.trouble.hear} hotkey="sound" look="accent" run={() => desk.speaker.again()} />
      </Trouble>
    );
  }
  return phone.sound === 'broken' ? <Trouble what={w.trouble.soundBroken} then={w.trouble.soundBrokenDo} /> : null;
}
