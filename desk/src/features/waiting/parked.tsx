import type { ReactNode } from 'react';
import { duration } from '../../format/time';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useDesk, useLink, useMe, useServerNow, useView } from '../../ui/desk-context';

/** Calls of the agent's queues that wait to be picked up. */
export function Parked(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const now = useServerNow();
  const linkDown = useLink().state === 'up' ? null : w.call.linkDown;
  const parked = useView((view) => view.queues).flatMap((queue) => queue.parked.map((call) => ({ ...call, queue: queue.label })));
  if (parked.length === 0) return null;
  const reason = linkDown ?? (me.state === 'READY' || me.state === 'WRAP_UP' ? null : w.park.notReady);
  return (
    <section className="parked" aria-label={w.park.title}>
      <h2>{w.park.title}</h2>
      <ul>
        {parked.map(({ callId, queue, place, number, by, until }, index) => (
          <li key={callId}>
            <bdi>{w.park.line(place, number ?? w.park.withheld, by)}</bdi>{' '}
            <span className="faint figures">
              {queue} {w.park.left(duration(Math.max(0, Date.parse(until) - now)))}
            </span>{' '}
            {index === 0 ? (
              <Action label={w.park.pickUp} hotkey="pickUp" reason={reason} run={() => desk.carryOut({ type: 'pickUp', callId })} />
            ) : (
              <Action label={w.park.pickUp} reason={reason} run={() => desk.carryOut({ type: 'pickUp', callId })} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
