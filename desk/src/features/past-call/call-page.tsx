import { type ReactNode, use, useCallback, useEffect, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import { type Part, type PastCall, type Sound, WatchApi } from '../../client/watch';
import { clock, duration, exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { type Words, word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { DeskContext } from '../../ui/desk-context';
import { gradeOf } from '../../phone/score';
import { figuresOf } from '../call-bar/call-quality';
import { PageFault } from '../office/page-fault';
import { useQueueLabel } from '../office/queues';
import { useVisitor } from '../office/visitor';
import { Corrections } from '../timeline/corrections';
import { Player } from '../timeline/player';
import { Findings } from '../watch/findings';
import { useOutcomes } from '../wrap-up/dispositions';

/** The record of one call that is over. */
export function CallPage({ of }: { readonly of: string | null }): ReactNode {
  return <OneCall key={of} of={of} />;
}

function OneCall({ of }: { readonly of: string | null }): ReactNode {
  const { w } = useWords();
  const { rest } = useVisitor();
  const [call, setCall] = useState<PastCall | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const load = useCallback(
    () =>
      new WatchApi(rest).call(of ?? '').then(
        (read) => (setCall(read), setFault(null)),
        (error: unknown) => setFault(asFault(error)),
      ),
    [rest, of],
  );
  useEffect(() => void load(), [load]);
  return (
    <section className="page">
      <header className="page-head">
        <h1>{w.pastCall.title}</h1>
        <p className="page-text">
          <bdi className="id">{of}</bdi>
        </p>
      </header>
      {fault !== null && <PageFault fault={fault} again={load} />}
      {call === null && fault === null && <p className="faint">{w.watch.reading}</p>}
      {call !== null && <Whole call={call} />}
      <p>
        <button type="button" className="link" onClick={() => history.back()}>
          {w.pastCall.back}
        </button>
      </p>
    </section>
  );
}

function Whole({ call }: { readonly call: PastCall }): ReactNode {
  const { w, locale } = useWords();
  const desk = use(DeskContext);
  const queueLabel = useQueueLabel();
  const { customerId, unobserved } = call;
  return (
    <>
      <dl className="facts">
        <Fact name={w.pastCall.arrived}>{exact(call.arrivedAt, locale)}</Fact>
        <Fact name={w.pastCall.line}>
          <bdi>{[call.line, call.queue === null ? '' : queueLabel(call.queue)].filter((part) => part !== '').join(' · ')}</bdi>
        </Fact>
        <Fact name={w.pastCall.outcome}>{word(w.pastCall.outcomes, call.outcome)}</Fact>
        <Fact name={w.pastCall.waited}>{duration(call.waitMillis)}</Fact>
        <Fact name={w.pastCall.talked}>{duration(call.talkMillis)}</Fact>
        {call.endedAt !== null && (
          <Fact name={w.pastCall.ended}>
            {clock(call.endedAt, locale)} · {word(w.pastCall.endedBy, call.endedBy)}
          </Fact>
        )}
      </dl>
      {call.fallback && <p className="approximate">{w.timeline.fallback}</p>}
      {unobserved !== null && (
        <p className="approximate">{w.timeline.unobserved(clock(unobserved.from, locale), clock(unobserved.to, locale))}</p>
      )}
      {desk !== null && customerId !== null && (
        <div className="row">
          <Action label={w.pastCall.file} run={() => desk.panel.file(customerId)} />
        </div>
      )}
      <Corrections of={call.corrections} />
      <h2>{w.pastCall.parts(call.parts.length)}</h2>
      <ul className="past-parts">
        {call.parts.map((part) => (
          <PartLine key={part.n} part={part} sounds={call.recordings.filter((sound) => sound.part === part.n)} />
        ))}
      </ul>
    </>
  );
}

function reasonOf(why: string, w: Words): string {
  const [code = '', value = ''] = why.split('=', 2);
  return word(w.pastCall.whys, code, value);
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

function PartLine({ part, sounds }: { readonly part: Part; readonly sounds: readonly Sound[] }): ReactNode {
  const { w, locale } = useWords();
  const { labelOf, fieldLabel } = useOutcomes();
  const talk = part.answeredAt === null || part.endedAt === null ? '' : duration(Date.parse(part.endedAt) - Date.parse(part.answeredAt));
  const facts = [
    clock(part.offeredAt, locale),
    word(w.pastCall.partOutcome, part.outcome),
    talk,
    part.disposition === null ? '' : labelOf(part.disposition),
  ].filter((fact) => fact !== '');
  return (
    <li>
      <p>
        <bdi className="strong">{part.agent ?? w.alarms.noAgent}</bdi> <span className="faint figures">{facts.join(' · ')}</span>
      </p>
      {part.answers.length > 0 && (
        <dl className="answers">
          {part.answers.map(({ field, value }) => (
            <Fact key={field} name={fieldLabel(field)}>
              <bdi>{value}</bdi>
            </Fact>
          ))}
        </dl>
      )}
      {part.why.length > 0 && <p className="faint">{part.why.map((why) => reasonOf(why, w)).join(' · ')}</p>}
      {part.quality !== null && (
        <p className="figures" data-grade={gradeOf(part.quality.score)}>
          {w.quality[gradeOf(part.quality.score)]}{' '}
          <span className="faint">
            {w.quality.figures(figuresOf(part.quality))} · {w.quality.lowest(part.quality.lowestScore.toFixed(1))}
          </span>
        </p>
      )}
      {sounds.map((sound) => (
        <div key={sound.name}>
          {sound.mayPlay ? (
            <Player recordingId={sound.name} of={exact(part.answeredAt ?? part.offeredAt, locale)} millis={sound.durationMillis} />
          ) : (
            <p className="faint figures">
              {sound.state === 'STORED' ? w.pastCall.mayNotPlay : word(w.alarms.states, sound.state)} {sound.durationMillis > 0 && duration(sound.durationMillis)}
            </p>
          )}
          <Findings findings={sound.findings} />
        </div>
      ))}
    </li>
  );
}
