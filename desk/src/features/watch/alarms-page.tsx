import { type ReactNode, useCallback, useState } from 'react';
import { type Alarm, WatchApi } from '../../client/watch';
import { duration, exact, moment } from '../../format/time';
import { useWords } from '../../i18n/language';
import { type Words, word } from '../../i18n/words';
import { useNow } from '../../ui/desk-context';
import { linkTo } from '../../ui/place';
import { useQueueLabel } from '../office/queues';
import { useVisitor } from '../office/visitor';
import { Player } from '../timeline/player';
import { Closed, When } from './closed';
import { Dossier } from './dossier';
import { DossierPage } from './dossier-page';
import { Findings, findingWords } from './findings';

/** Recordings that somebody should look at. */
export function AlarmsPage(): ReactNode {
  const { w } = useWords();
  const { rest, drafts, open } = useVisitor();
  const [waiting, setWaiting] = useState(0);
  const [dossier] = useState(() => {
    const api = new WatchApi(rest);
    return new Dossier<Alarm>({
      idOf: (alarm) => `${alarm.name} ${alarm.raisedAt}`,
      read: async (which, cursor) => {
        const page = await api.alarms(which, cursor);
        setWaiting(page.waiting);
        return { items: page.items, next: page.next, open: page.count };
      },
      close: (alarm, measure) => api.settle(alarm, measure),
    });
  });
  const counted = useCallback((count: number) => open.set('alarms', count), [open]);
  return (
    <DossierPage
      dossier={dossier}
      title={w.alarms.title}
      text={waiting > 0 ? `${w.alarms.text} ${w.alarms.waiting(waiting)}` : w.alarms.text}
      none={w.alarms.none}
      drafts={drafts}
      counted={counted}
      wordsOf={(alarm) => spoken(alarm, w)}
      show={(alarm) => <AlarmLine alarm={alarm} />}
    />
  );
}

function spoken(alarm: Alarm, w: Words): string {
  const wrong = alarm.findings.map((finding) => findingWords(finding, w));
  return [alarm.agentName, alarm.line, alarm.queue, alarm.settled?.by, alarm.settled?.measure, ...wrong].filter(Boolean).join(' ');
}

function AlarmLine({ alarm }: { readonly alarm: Alarm }): ReactNode {
  const { w, locale } = useWords();
  const now = useNow();
  const queueLabel = useQueueLabel();
  const { startedAt, settled } = alarm;
  const facts = [
    alarm.agentName ?? w.alarms.noAgent,
    alarm.line ?? '',
    alarm.queue === null ? '' : queueLabel(alarm.queue),
    alarm.durationMillis > 0 ? duration(alarm.durationMillis) : '',
    alarm.state === 'STORED' ? '' : word(w.alarms.states, alarm.state),
  ].filter((fact) => fact !== '');
  return (
    <>
      <Findings findings={alarm.findings} todo={settled === null} />
      <p className="figures">
        <bdi>{facts.join(' · ')}</bdi>
      </p>
      <p className="faint">
        <a href={linkTo('calls', alarm.callId)} title={startedAt === null ? undefined : exact(startedAt, locale)}>
          {startedAt === null ? w.alarms.call : w.alarms.callOf(moment(startedAt, now, locale))}
        </a>{' '}
        <When at={alarm.raisedAt} words={w.alarms.found} />
      </p>
      {alarm.mayPlay && <Player recordingId={alarm.name} of={startedAt === null ? alarm.name : exact(startedAt, locale)} />}
      {settled !== null && <Closed by={settled.by} at={settled.at} measure={settled.measure} />}
    </>
  );
}
