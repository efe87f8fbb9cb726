import type { ReactNode } from 'react';
import { duration } from '../../format/time';
import { useWords } from '../../i18n/language';
import { currentCall } from '../../store/select';
import { useMe, useServerNow, useView } from '../../ui/desk-context';
import { DemoCall } from '../demo/demo-call';
import { Tasks } from '../tasks/tasks';
import { DialField } from '../dial/dial';
import { FindAction } from '../customer/actions';
import { AllowNotices } from '../ring/allow-notices';
import { LastCall } from './last-call';
import { Parked } from './parked';

/** Between calls: calm, and nothing empty. */
export function Waiting(): ReactNode {
  const { w } = useWords();
  const me = useMe();
  const last = useView(currentCall);
  const meaning = me.state === 'READY' ? w.waiting.ready : me.state === 'OFFLINE' ? w.waiting.offline : w.waiting.notReady;
  return (
    <section className="waiting">
      <header className="headline">
        <h1>{w.waiting.title}</h1>
        <p className="headline-more">{meaning}</p>
      </header>
      <QueueWords />
      <Parked />
      <AllowNotices />
      {last === null ? <p className="faint">{me.callsToday === 0 ? w.waiting.noCalls : null}</p> : <LastCall call={last} />}
      <Tasks />
      <FindAction />
      <DialField />
      <DemoCall />
    </section>
  );
}

function QueueWords(): ReactNode {
  const { w } = useWords();
  const queues = useView((view) => view.queues);
  const now = useServerNow();
  const busy = queues.filter((queue) => queue.waiting > 0);
  if (queues.length === 0) return null;
  if (busy.length === 0) return <p className="queue-words">{w.waiting.noQueues}</p>;
  return (
    <p className="queue-words figures">
      {busy
        .map(({ label, waiting, longestSince }) =>
          w.queues.summary(label, waiting, duration(longestSince === null ? 0 : now - Date.parse(longestSince))),
        )
        .join(' ')}
    </p>
  );
}
