import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { currentCall, isConnected } from '../../store/select';
import { useLink, useMe, useServerNow, useView } from '../../ui/desk-context';
import { Mark, shapeOf } from '../../ui/mark';
import { Elapsed } from '../../ui/time';
import { duration } from '../../format/time';
import { DiallingActions } from '../dial/outgoing';
import { Troubles } from '../link/troubles';
import { ConsultingActions, isConsulting } from './consulting-actions';
import { Recording } from './recording';
import { RingingActions } from './ringing-actions';
import { TalkingActions } from './talking-actions';
import { WrapUpActions } from './wrap-up-actions';

/** Stands at the bottom in every moment and never moves; what is in the way of a talk stands above it. */
export function CallBar(): ReactNode {
  const { w } = useWords();
  const call = useView(currentCall);
  return (
    <footer className="call-bar" aria-label={w.call.bar} data-phase={call?.phase ?? 'NONE'}>
      <Troubles />
      <div className="bar-row">{call === null || call.phase === 'DONE' ? <Idle /> : <Busy call={call} />}</div>
    </footer>
  );
}

function Idle(): ReactNode {
  const { w } = useWords();
  const me = useMe();
  return (
    <p className="bar-state">
      <Mark shape={shapeOf(me.state)} />
      <strong>{word(w.state, me.state)}</strong>
      <Elapsed since={me.since} />
    </p>
  );
}

function Busy({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const linkDown = useLink().state === 'up' ? null : w.call.linkDown;
  // two colleagues talk: nobody waits for either of them
  const phase = call.inside && call.phase === 'CONSULTING' ? 'TALKING' : call.phase;
  return (
    <>
      <p className="bar-state" data-state={call.phase} role="status">
        <Mark shape={shapeOf(phase)} />
        <strong>{phase === 'DIALLING' && call.outgoing !== null ? word(w.dial.state, call.outgoing) : word(w.phase, phase)}</strong>
        <BarTime call={call} />
        {call.approximate && (
          <span className="approximate" title={w.call.approximate} role="img" aria-label={w.call.approximate}>
            {'≈'}
          </span>
        )}
      </p>
      <div className="bar-actions">
        {call.phase === 'RINGING' && <RingingActions call={call} linkDown={linkDown} />}
        {call.phase === 'DIALLING' && <DiallingActions call={call} linkDown={linkDown} />}
        {isConsulting(call) ? (
          <ConsultingActions call={call} linkDown={linkDown} />
        ) : (
          isConnected(call) && <TalkingActions call={call} linkDown={linkDown} />
        )}
        {call.phase === 'WRAP_UP' && <WrapUpActions call={call} linkDown={linkDown} />}
      </div>
      {call.phase !== 'WRAP_UP' && <Recording call={call} linkDown={linkDown} />}
    </>
  );
}

function BarTime({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const now = useServerNow();
  if (call.phase === 'RINGING' || call.phase === 'DIALLING') return <Elapsed since={call.arrivedAt} />;
  if (call.phase === 'WRAP_UP') {
    const left = call.wrapUpUntil === null ? null : Date.parse(call.wrapUpUntil) - now;
    if (left === null) return null;
    return <span className="figures">{left > 0 ? w.wrapUp.left(duration(left)) : w.wrapUp.over}</span>;
  }
  if (call.phase === 'HELD' && call.heldSince !== null) return <Elapsed since={call.heldSince} />;
  return call.answeredAt === null ? null : <Elapsed since={call.answeredAt} />;
}
