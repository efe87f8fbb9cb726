import { type ReactNode, useState } from 'react';
import type { HistoryCall, HistoryEntry, Recording } from '../../client/history';
import { money } from '../../format/money';
import { clock, day, duration, exact, isSameDay } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { useServerNow } from '../../ui/desk-context';
import { HANDSET } from '../../ui/handset';
import { useOutcomes } from '../wrap-up/dispositions';
import { Action } from '../../ui/action';
import { Correct } from './correct';
import { Corrections } from './corrections';
import { Player } from './player';

const SHAPES: Readonly<Record<HistoryEntry['kind'], string>> = {
  call: HANDSET,
  order: 'M2 5l6-3.500L14 5v6l-6 3.500L2 11zM2 5l6 3.500L14 5M8 8.500V14.500',
  service: 'M9.500 2a4 4 0 0 0-3.700 5.500L1.500 11.800l2.700 2.700 4.300-4.300A4 4 0 0 0 14 6.500L11.500 9 9 6.500 11.500 4z',
};

/** One thing that happened. */
export function Entry({ entry, first, again }: { readonly entry: HistoryEntry; readonly first: boolean; readonly again: () => void }): ReactNode {
  const { w, locale } = useWords();
  const now = useServerNow();
  const today = isSameDay(entry.at, now);
  return (
    <li className={`entry entry-${entry.kind}`} tabIndex={first ? 0 : -1}>
      <svg viewBox="0 0 16 16" className="entry-shape" aria-hidden>
        <path d={SHAPES[entry.kind]} />
      </svg>
      <time className="figures entry-day" dateTime={entry.at} title={exact(entry.at, locale)}>
        {today ? clock(entry.at, locale) : day(entry.at, now, locale)}
      </time>
      {entry.call !== null ? <Call id={entry.id} call={entry.call} outcome={entry.state} at={entry.at} again={again} /> : <Thing entry={entry} w={w} locale={locale} />}
    </li>
  );
}

function Thing({ entry, w, locale }: { readonly entry: HistoryEntry } & Pick<ReturnType<typeof useWords>, 'w' | 'locale'>): ReactNode {
  const state = entry.kind === 'order' ? word(w.order, entry.state) : word(w.service, entry.state);
  return (
    <div className="entry-text">
      <p>
        <bdi>{entry.title}</bdi>
      </p>
      <p className="faint figures">
        {entry.amount !== null && `${money(entry.amount.minor, entry.amount.currency, locale)} · `}
        <span className={entry.kind === 'service' && entry.closedAt === null ? 'still-open' : ''}>{state}</span>
        {' · '}
        <bdi className="unbroken">{entry.id}</bdi>
      </p>
    </div>
  );
}

interface CallProps {
  readonly id: string;
  readonly call: HistoryCall;
  readonly outcome: string;
  readonly at: string;
  /** Reads the history anew. */
  readonly again: () => void;
}

function Call({ id, call, outcome, at, again }: CallProps): ReactNode {
  const [correcting, setCorrecting] = useState(false);
  const { w, locale } = useWords();
  const { labelOf, fieldLabel } = useOutcomes();
  const facts = [
    call.talkMillis > 0 ? duration(call.talkMillis) : '',
    word(w.timeline.outcome, outcome),
    call.disposition === null ? '' : labelOf(call.disposition),
    call.agent === null ? '' : w.timeline.by(call.agent),
    call.waitMillis >= 1000 ? w.timeline.waited(duration(call.waitMillis)) : '',
  ].filter((fact) => fact !== '');
  return (
    <div className="entry-text">
      <p>
        {isOut(call) ? w.timeline.out : w.timeline.in} <span className="faint figures">{facts.join(' · ')}</span>
      </p>
      {call.notes.map((note, index) => (
        <p key={index} className="entry-notes" dir="auto">
          {note.text}
          {note.agent !== null && note.agent !== call.agent && <bdi className="faint"> — {note.agent}</bdi>}
        </p>
      ))}
      {call.answers.length > 0 && (
        <dl className="answers">
          {call.answers.map(({ field, value }) => (
            <div key={field}>
              <dt>{fieldLabel(field)}</dt>
              <dd className="figures">
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Corrections of={call.corrections} />
      {call.mayCorrect && !correcting && <Action label={w.timeline.correct.action} look="quiet" className="correct-action" run={() => setCorrecting(true)} />}
      {correcting && (
        <Correct
          callId={id}
          call={call}
          close={(corrected) => {
            setCorrecting(false);
            if (corrected) again();
          }}
        />
      )}
      {call.fallback && <p className="approximate">{w.timeline.fallback}</p>}
      {call.unobserved !== null && (
        <p className="approximate">
          {w.timeline.unobserved(clock(call.unobserved.from, locale), clock(call.unobserved.to, locale))}
        </p>
      )}
      {call.recordings.map((recording) => (
        <Sound key={recording.id} recording={recording} of={exact(at, locale)} />
      ))}
    </div>
  );
}

/** A recording that can be played, or why it cannot. */
function Sound({ recording, of }: { readonly recording: Recording; readonly of: string }): ReactNode {
  const { w } = useWords();
  const alarm = recording.alarm !== null && (
    <p className="approximate" title={recording.alarm}>
      {w.timeline.alarm}
    </p>
  );
  if (recording.state === 'STORED' && recording.mayPlay) {
    return (
      <>
        <Player recordingId={recording.id} of={of} millis={recording.durationMillis} />
        {alarm}
      </>
    );
  }
  const length = recording.durationMillis > 0 ? ` ${duration(recording.durationMillis)}` : '';
  const why = recording.state === 'STORED' ? w.timeline.mayNotPlay : word(w.timeline.recording, recording.state);
  return (
    <>
      <p className="faint figures">
        {why}
        {length}
      </p>
      {alarm}
    </>
  );
}

function isOut(call: HistoryCall): boolean {
  return call.direction.toLowerCase().startsWith('out');
}
