import type { ReactNode } from 'react';
import type { TeamApi } from '../../client/team';
import { duration } from '../../format/time';
import type { QueueLine } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { averageTalk, averageWait, serviceLevel } from './figures';
import { Calls } from './past-calls';

interface QueuesProps {
  readonly queues: readonly QueueLine[];
  readonly now: number;
  readonly api: TeamApi;
}

/** Each queue: who waits now, and the day's figures. */
export function Queues({ queues, now, api }: QueuesProps): ReactNode {
  const { w } = useWords();
  return (
    <section aria-labelledby="team-queues">
      <h2 id="team-queues">{w.team.queues}</h2>
      {queues.length === 0 && <p className="faint">{w.team.noQueues}</p>}
      <ul className="team-list">
        {queues.map((queue) => (
          <li key={queue.queue}>
            <p className="team-name">
              <strong>
                <bdi>{queue.label}</bdi>
              </strong>
              <span className={queue.waiting > 0 ? 'team-waits figures' : 'faint figures'}>
                {queue.waiting === 0 || queue.longestSince === null
                  ? w.team.nobodyWaits
                  : w.team.waits(queue.waiting, duration(now - Date.parse(queue.longestSince)))}
              </span>
              <span className={queue.ready === 0 ? 'team-waits figures' : 'faint figures'}>{w.team.staff(queue.ready, queue.busy, queue.agents)}</span>
            </p>
            <Day queue={queue} />
            <Calls load={() => api.calls({ queue: queue.queue })} of={queue.label} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Day({ queue: { day } }: { readonly queue: QueueLine }): ReactNode {
  const { w } = useWords();
  const level = serviceLevel(day);
  const wait = averageWait(day);
  const talk = averageTalk(day);
  const none = '–';
  return (
    <dl className="team-day">
      <Figure name={w.team.offered} value={String(day.offered)} />
      <Figure name={w.team.answered} value={String(day.answered)} />
      <Figure name={w.team.abandoned} value={String(day.abandoned)} />
      <Figure name={w.team.missed} value={String(day.missed)} />
      <Figure name={w.team.turnedAway} value={String(day.turnedAway)} />
      <Figure name={w.team.level} value={level === null ? none : `${level} %`} />
      <Figure name={w.team.wait} value={wait === null ? none : duration(wait)} />
      <Figure name={w.team.talk} value={talk === null ? none : duration(talk)} />
    </dl>
  );
}

/** A figure under its name. */
export function Figure({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}
