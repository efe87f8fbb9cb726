import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import { type Health, type HealthLine, type State, SystemApi } from '../../client/system';
import { clock, duration } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word, type Words } from '../../i18n/words';
import { Action } from '../../ui/action';
import { Mark, type Shape } from '../../ui/mark';
import { linkTo } from '../../ui/place';
import { PageFault } from '../office/page-fault';
import { pagesOf } from '../office/rights';
import { useVisitor } from '../office/visitor';

const LOOK_AGAIN = 5_000;
const SHAPES: Readonly<Record<State, Shape>> = { UP: 'ready', WARN: 'warning', DOWN: 'offline' };

interface Seen {
  readonly health: Health;
  readonly at: number;
}

/** What stands and what does not, looked at again every few seconds. */
export function HealthPage(): ReactNode {
  const { rest, open } = useVisitor();
  const [api] = useState(() => new SystemApi(rest));
  const [seen, setSeen] = useState<Seen | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const asked = useRef(0);
  const look = useCallback(async (): Promise<void> => {
    const mine = ++asked.current;
    try {
      const health = await api.health();
      if (mine !== asked.current) return;
      setSeen({ health, at: Date.now() });
      setFault(null);
      open.set('health', wrong(health.lines).length);
    } catch (error) {
      if (mine === asked.current) setFault(asFault(error));
    }
  }, [api, open]);
  useEffect(() => {
    void look();
    const timer = setInterval(() => void look(), LOOK_AGAIN);
    return () => {
      asked.current += 1;
      clearInterval(timer);
    };
  }, [look]);
  return <HealthReport seen={seen} fault={fault} look={look} />;
}

interface ReportProps {
  readonly seen: Seen | null;
  readonly fault: DeskFault | null;
  readonly look: () => Promise<void>;
}

export function HealthReport({ seen, fault, look }: ReportProps): ReactNode {
  const { w, locale } = useWords();
  return (
    <section className="page">
      <header className="page-head">
        <h1>{w.health.title}</h1>
        <p className="page-text">{w.health.text}</p>
      </header>
      {fault !== null && <PageFault fault={fault} again={look} />}
      {seen === null && fault === null && <p className="faint">{w.watch.reading}</p>}
      {seen !== null && (
        <>
          <div className="page-tools">
            <p className="health-sum" data-state={seen.health.state} role="status">
              <Mark shape={SHAPES[seen.health.state]} /> <strong>{sum(seen.health, w)}</strong>
            </p>
            <span className="faint figures">{w.health.asOf(clock(seen.at, locale))}</span>
            <Action label={w.watch.reload} look="quiet" run={look} />
          </div>
          <ul className="health-lines" aria-label={w.health.parts}>
            {seen.health.lines.map((line, index) => (
              <Line key={`${line.name} ${index}`} line={line} />
            ))}
          </ul>
          <h2>{w.health.figures}</h2>
          <Figures health={seen.health} at={seen.at} />
        </>
      )}
    </section>
  );
}

function wrong(lines: readonly HealthLine[]): readonly HealthLine[] {
  return lines.filter(({ state }) => state !== 'UP');
}

function sum({ state, lines }: Health, w: Words): string {
  return state === 'UP' ? w.health.allWell : state === 'WARN' ? w.health.someWarn(wrong(lines).length) : w.health.someDown;
}

/** `switch:pbx` is a part by itself, and of a kind. */
function Line({ line }: { readonly line: HealthLine }): ReactNode {
  const { w } = useWords();
  const { session } = useVisitor();
  const [kind = '', of = ''] = line.name.split(/:(.*)/s);
  const page = kind === 'work' ? 'letters' : kind === 'recordings' ? 'alarms' : kind === 'crm' || kind === 'crms' ? 'crms' : null;
  const leads = page !== null && line.state !== 'UP' && pagesOf(session).includes(page);
  return (
    <li data-state={line.state}>
      <p>
        <Mark shape={SHAPES[line.state]} />{' '}
        <strong>
          <bdi>{word(w.health.part, kind)}</bdi>
          {of !== '' && <bdi className="id"> {of}</bdi>}
        </strong>{' '}
        <span className="faint">{w.health.state[line.state]}</span>
      </p>
      {line.state === 'UP' ? (
        <p className="faint">{word(w.health.well, kind)}</p>
      ) : (
        <>
          <p>
            {word(w.health.todo, kind)} {leads && <a href={linkTo(page)}>{w.office.names[page]}</a>}
          </p>
          {line.detail !== null && (
            <p className="faint" lang="en" dir="auto">
              {line.detail}
            </p>
          )}
        </>
      )}
    </li>
  );
}

function Figures({ health: { figures }, at }: { readonly health: Health; readonly at: number }): ReactNode {
  const { w, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const told: readonly (readonly [string, string])[] = [
    [w.health.figure.calls, number.format(figures.callsLive)],
    [w.health.figure.messages, number.format(figures.messagesWaiting)],
    [w.health.figure.work, number.format(figures.work)],
    [w.health.figure.oldest, figures.oldestWork === null ? w.health.nothing : duration(at - Date.parse(figures.oldestWork))],
    [w.health.figure.letters, number.format(figures.deadLetters)],
    [w.health.figure.waiting, number.format(figures.recordingsWaiting)],
    [w.health.figure.alarms, number.format(figures.recordingAlarms)],
    [w.health.figure.audit, number.format(figures.auditWaiting)],
    [w.health.figure.disk, w.health.gigabytes(number.format(Math.floor(figures.diskFree / 2 ** 30)))],
    ...figures.clocks.map(({ switchId, aheadMillis }): readonly [string, string] => [
      w.health.figure.clock(switchId),
      aheadMillis < 0 ? w.health.behind(number.format(-aheadMillis)) : w.health.ahead(number.format(aheadMillis)),
    ]),
  ];
  return (
    <dl className="facts">
      {told.map(([name, value]) => (
        <Fact key={name} name={name} now={value} />
      ))}
    </dl>
  );
}

function Fact({ name, now }: { readonly name: string; readonly now: string }): ReactNode {
  return (
    <div>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd className="figures">{now}</dd>
    </div>
  );
}
