import { type ReactNode, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import type { TodaysCall } from '../../client/team';
import { clock, duration, exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { faultWords } from '../../ui/fault-words';
import { linkTo } from '../../ui/place';

interface CallsProps {
  readonly load: () => Promise<readonly TodaysCall[]>;
  readonly of: string;
}

/** The calls behind the figures, read when somebody asks; each leads to its record and recordings. */
export function Calls({ load, of }: CallsProps): ReactNode {
  const { w, locale } = useWords();
  const [calls, setCalls] = useState<readonly TodaysCall[] | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const read = (): void => {
    setFault(null);
    load().then(setCalls, (error: unknown) => setFault(asFault(error)));
  };
  return (
    <details className="team-calls" onToggle={(event) => event.currentTarget.open && read()}>
      <summary aria-label={w.team.callsOf(of)}>{w.team.calls}</summary>
      {fault !== null && <p className="panel-wrong">{faultWords(fault, w)}</p>}
      {fault === null && calls === null && <p className="faint">{w.watch.reading}</p>}
      {calls !== null && calls.length === 0 && <p className="faint">{w.team.noCalls}</p>}
      {calls !== null && calls.length > 0 && (
        <ol>
          {calls.map((call) => (
            <li key={call.callId}>
              <a href={linkTo('calls', call.callId)} className="figures" title={exact(call.arrivedAt, locale)}>
                {clock(call.arrivedAt, locale)}
              </a>
              <span>{word(w.pastCall.outcomes, call.outcome)}</span>
              {call.agent !== null && <bdi>{call.agent}</bdi>}
              <span className="faint figures">{w.team.waitedTalked(duration(call.waitMillis), duration(call.talkMillis))}</span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
