import type { ReactNode } from 'react';
import { duration } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { useMe, useView } from '../../ui/desk-context';
import { Mark, shapeOf } from '../../ui/mark';
import { PersonName } from '../../ui/person-name';
import { Elapsed } from '../../ui/time';
import { PageLinks } from '../office/page-links';
import { TaskBadge } from '../tasks/tasks';
import { MeMenu } from './me-menu';
import { PhoneLine } from './phone-line';
import { Presence } from './presence';

/** The agent's own side: state, queues, day, phone. */
export function Rail(): ReactNode {
  const { w } = useWords();
  return (
    <aside className="rail" aria-label={w.me.label}>
      <Own />
      <Presence />
      <Queues />
      <TaskBadge />
      <PageLinks home />
      <Day />
      <div className="rail-foot">
        <PhoneLine />
        <MeMenu />
      </div>
    </aside>
  );
}

function Own(): ReactNode {
  const { w } = useWords();
  const me = useMe();
  const breakNext = me.state.endsWith('BREAK_NEXT');
  return (
    <section className="own">
      <p className="own-name">
        <PersonName name={me.name || me.user} />
      </p>
      <p className="own-state" data-state={me.state} role="status">
        <Mark shape={shapeOf(me.state)} />
        <strong>{word(w.state, breakNext ? me.state.replace('_BREAK_NEXT', '') : me.state)}</strong>
        <Elapsed since={me.since} />
      </p>
      {me.reason !== null && (
        <p className="own-reason">
          {breakNext ? w.me.breakAsked(word(w.reason, me.reason)) : word(w.reason, me.reason)}
        </p>
      )}
    </section>
  );
}

function Queues(): ReactNode {
  const { w } = useWords();
  const queues = useView((view) => view.queues);
  return (
    <section className="rail-part">
      <h2>{w.queues.title}</h2>
      {queues.length === 0 && <p className="faint">{w.queues.none}</p>}
      <ul className="queues">
        {queues.map((queue) => (
          <li key={queue.queue} className={queue.waiting > 0 ? 'busy' : ''} title={w.queues.waiting(queue.waiting)}>
            <bdi>{queue.label}</bdi>
            <span className="figures queue-longest">{queue.longestSince && <Elapsed since={queue.longestSince} />}</span>
            <span className="figures queue-count">{queue.waiting}</span>
            <span className="figures faint queue-agents">{w.queues.agents(queue.ready, queue.busy)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Day(): ReactNode {
  const { w } = useWords();
  const { callsToday, talkMillisToday, wrapUpMillisToday, missedToday } = useMe();
  return (
    <section className="rail-part day">
      <h2>{w.day.title}</h2>
      <p className="figures">{w.day.calls(callsToday)}</p>
      {callsToday > 0 && (
        <>
          <p className="figures">{w.day.talk(duration(talkMillisToday))}</p>
          <p className="figures">{w.day.wrapUp(duration(wrapUpMillisToday))}</p>
          <p className="figures faint">{w.day.average(duration(talkMillisToday / callsToday))}</p>
        </>
      )}
      {missedToday > 0 && <p className="figures">{w.day.missed(missedToday)}</p>}
    </section>
  );
}
