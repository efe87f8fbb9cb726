import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { duration } from '../format/time';
import type { CallView } from '../generated/wire';
import { useWords } from '../i18n/language';
import { cardOf, currentCall, isConnected } from '../store/select';
import { useMe, useServerNow, useView } from '../ui/desk-context';
import { Mark } from '../ui/mark';
import { Part } from '../ui/part';
import { usePlace } from '../ui/place';
import { Candidates } from './candidates/candidates';
import { CallerActions } from './customer/actions';
import { CustomerCard } from './card/customer-card';
import { Headline } from './card/headline';
import { CallBackAsked, OutgoingOutcome } from './dial/outgoing';
import { Colleagues, EarlierNotes, Handover } from './handover/handover';
import { Conversation } from './hints/conversation';
import { Notes } from './notes/notes';
import { Pages } from './office/pages';
import { Stranded } from './notes/stranded';
import { Waiting } from './waiting/waiting';
import { WrapUp } from './wrap-up/wrap-up';

/** The middle of the page: the call; between calls the page that was chosen, or waiting. */
export function Stage(): ReactNode {
  const call = useView(currentCall);
  const { page, of } = usePlace();
  const live = call !== null && call.phase !== 'DONE';
  const stage = useRef<HTMLElement>(null);
  const callId = live ? call.callId : null;
  // who calls stands at the top, wherever somebody was on the page before
  useLayoutEffect(() => {
    if (callId === null) return;
    stage.current?.scrollTo(0, 0);
    scrollTo(0, 0);
  }, [callId]);
  return (
    <main ref={stage} className="stage" data-phase={call?.phase ?? 'NONE'}>
      {live && (
        <Part key={call.callId}>
          <CallPage call={call} />
        </Part>
      )}
      {!live && <Stranded />}
      {!live && page === null && (
        <Part>
          <Waiting />
        </Part>
      )}
      {page !== null && (
        // a call comes first; what was typed here is there again after it
        <div hidden={live}>
          <Pages place={{ page, of }} />
        </div>
      )}
    </main>
  );
}

function CallPage({ call }: { readonly call: CallView }): ReactNode {
  const card = useView((view) => cardOf(view, call));
  if (call.inside) {
    // there is no customer, and nothing to write up
    return (
      <>
        <Arrival call={call} />
        <Headline call={call} card={null} />
      </>
    );
  }
  return (
    <>
      <Arrival call={call} />
      <CustomerCard call={call} card={card} />
      <EarlierNotes call={call} />
      <Candidates call={call} />
      <CallerActions call={call} card={card} />
      {call.phase !== 'RINGING' && <Record call={call} />}
    </>
  );
}

/** Where the call comes from, and whether the customer talks elsewhere too. */
function Arrival({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const named = call.alsoTalking.filter((name) => name !== '');
  return (
    <div className="arrival">
      <p>
        <bdi>{call.inside ? w.inside.title : call.callBackAskedAt === null ? w.ringing.line(call.line) : call.line}</bdi>
        {call.queue !== null && <bdi className="faint">{call.queue}</bdi>}
        {call.phase === 'RINGING' && <Waited since={call.arrivedAt} />}
      </p>
      {call.alsoTalking.length > 0 && (
        <p className="also-talking" role="status">
          <Mark shape="warning" /> {named.length > 0 ? w.ringing.alsoTalking(named.join(', ')) : w.ringing.alsoWaiting}
        </p>
      )}
      <CallBackAsked call={call} />
      <OutgoingOutcome call={call} />
      <Handover call={call} />
      <Colleagues call={call} />
      {!call.controlled && <p className="faint">{w.call.observed}</p>}
      {call.phase === 'REJOINING' && <Rejoining />}
    </div>
  );
}

function Waited({ since }: { readonly since: string }): ReactNode {
  const { w } = useWords();
  const now = useServerNow();
  return <span className="faint figures">{w.ringing.since(duration(now - Date.parse(since)))}</span>;
}

function Rejoining(): ReactNode {
  const { w } = useWords();
  const me = useMe();
  return (
    <p className="also-talking" role="alert">
      <Mark shape="warning" /> {me.phone === 'SIP' ? w.call.rejoiningPhone(me.address) : w.call.rejoining}
    </p>
  );
}

/** What the agent writes, beside what is said. */
function Record({ call }: { readonly call: CallView }): ReactNode {
  const me = useMe();
  const captioned = useView((view) => (view.captions[call.callId] ?? []).length > 0);
  const beside = captioned || me.phone === 'VIRTUAL';
  return (
    <div className={`record ${beside ? 'record-beside' : ''}`}>
      <div className="record-own">
        {!isConnected(call) && call.phase !== 'DIALLING' && <WrapUp call={call} />}
        <Notes call={call} />
      </div>
      {beside && <Conversation callId={call.callId} />}
    </div>
  );
}
