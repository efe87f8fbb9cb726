import { type ReactNode, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import type { TeamApi } from '../../client/team';
import { duration } from '../../format/time';
import type { QueueLine, WaitingCall } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { faultWords } from '../../ui/fault-words';

interface WaitingCallsProps {
  readonly calls: readonly WaitingCall[];
  readonly queues: readonly QueueLine[];
  readonly now: number;
  readonly api: TeamApi;
  readonly mayLead: string | null;
}

function waitWords(minutes: number | null, w: Words): string {
  if (minutes === null) return '';
  if (minutes === 0) return w.team.toldUnderMinute;
  return minutes > 30 ? w.team.toldOver(30) : w.team.toldMinutes(minutes);
}

/** Who waits, the longest first; a call can be moved to another queue. */
export function WaitingCalls({ calls, queues, now, api, mayLead }: WaitingCallsProps): ReactNode {
  const { w } = useWords();
  const [fault, setFault] = useState<DeskFault | null>(null);
  const labels = new Map(queues.map(({ queue, label }) => [queue, label]));
  const move = (call: string, queue: string): void => {
    setFault(null);
    api.move(call, queue).catch((error: unknown) => setFault(asFault(error)));
  };
  return (
    <section aria-labelledby="team-waiting">
      <h2 id="team-waiting">{w.team.waiting(calls.length)}</h2>
      {fault !== null && (
        <p className="panel-wrong" role="alert">
          {faultWords(fault, w)}
        </p>
      )}
      {calls.length === 0 && <p className="faint">{w.team.nobody}</p>}
      <ol className="team-list">
        {calls.map((call) => (
          <li key={call.callId} className="team-line">
            <span className="figures team-time">{duration(now - Date.parse(call.since))}</span>
            <bdi>{labels.get(call.queue) ?? call.queue}</bdi>
            <bdi className="figures">{call.number ?? w.team.withheld}</bdi>
            <bdi className="faint">{call.line}</bdi>
            {call.priority > 0 && <span className="faint figures">{w.team.priority(call.priority)}</span>}
            {call.told !== null && <span className="faint figures">{w.team.told(call.told.position, waitWords(call.told.minutes, w))}</span>}
            {call.callBack && <span className="faint">{w.team.callBack}</span>}
            {call.front && <span className="faint">{w.team.front}</span>}
            {queues.length > 1 && (
              <select
                value={call.queue}
                disabled={mayLead !== null || call.callBack}
                title={mayLead ?? undefined}
                aria-label={w.team.move(call.number ?? w.team.withheld)}
                onChange={(event) => move(call.callId, event.target.value)}
              >
                {queues.map(({ queue, label }) => (
                  <option key={queue} value={queue}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
