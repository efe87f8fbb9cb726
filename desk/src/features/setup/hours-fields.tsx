import { Button, Input } from 'antd';
import type { ReactNode } from 'react';
import type { Entry, SetupWrong } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { withValue } from './entries';
import { type FieldProps, Labelled, useHint, WrongOf } from './labelled';
import { asMonday, minutesOf, type Placed, type Row, rowsOf, type Span, withSpans } from './week';
import { placeOf } from './wrongs';

const DAY_MINUTES = 1440;
const USUAL: Span = { from: '09:00', to: '18:00' };

const within = (wrong: readonly SetupWrong[], at: number): readonly SetupWrong[] => wrong.filter((one) => placeOf(one).within.split('/')[0] === String(at));

/** The week, a row for each day: when it is open, and how that lies in the day. */
export function WeekField(props: FieldProps): ReactNode {
  const { w } = useWords();
  const { id, name, entry, set, wrong } = props;
  const week = entry[name];
  const general = wrong.filter((one) => placeOf(one).within === '');
  return (
    <Labelled {...props} wrong={general} hint={useHint(name)} group>
      <ul className="setup-week">
        {rowsOf(week).map((row) => (
          <WeekRow key={row.day} id={`${id}-${row.day}`} row={row} wrong={wrong} set={(spans) => set(withSpans(week, row.day, spans))} />
        ))}
      </ul>
      <Action label={w.setupForm.likeMonday} look="quiet" run={() => set(asMonday(week))} />
    </Labelled>
  );
}

interface WeekRowProps {
  readonly id: string;
  readonly row: Row;
  readonly wrong: readonly SetupWrong[];
  readonly set: (spans: readonly Span[]) => void;
}

function WeekRow({ id, row, wrong, set }: WeekRowProps): ReactNode {
  const { w } = useWords();
  const day = w.setupForm.days[row.day];
  const change = (which: number, span: Span): void => set(row.spans.map((other, at) => (at === which ? span : other)));
  const mine = row.spans.flatMap(({ at }) => within(wrong, at));
  return (
    <li>
      <strong>{day}</strong>
      <DayBar spans={row.spans} />
      <div className="setup-spans">
        {row.spans.length === 0 && <span className="faint">{w.setupForm.closedAllDay}</span>}
        {row.spans.map((span, at) => (
          <span key={at} className="setup-span">
            <Times day={day} span={span} wrong={within(wrong, span.at).length > 0} set={(changed) => change(at, changed)} />
            <Button type="text" size="small" aria-label={w.setupForm.takeSpan(day)} onClick={() => set(row.spans.filter((_, other) => other !== at))}>
              ×
            </Button>
          </span>
        ))}
        <Button type="text" size="small" aria-label={w.setupForm.addSpan(day)} onClick={() => set([...row.spans, row.spans.length === 0 ? USUAL : { from: row.spans.at(-1)?.to ?? '', to: '24:00' }])}>
          +
        </Button>
      </div>
      <WrongOf id={id} wrong={mine} />
    </li>
  );
}

interface TimesProps {
  readonly day: string;
  readonly span: Span;
  readonly wrong: boolean;
  readonly set: (span: Span) => void;
}

function Times({ day, span, wrong, set }: TimesProps): ReactNode {
  const { w } = useWords();
  const common = { className: 'setup-time figures', inputMode: 'numeric', maxLength: 5, autoComplete: 'off', 'aria-invalid': wrong } as const;
  return (
    <>
      <Input {...common} aria-label={`${day} ${w.setupForm.open}`} value={span.from} onChange={(event) => set({ from: event.target.value, to: span.to })} />
      {'–'}
      <Input {...common} aria-label={`${day} ${w.setupForm.shut}`} value={span.to} onChange={(event) => set({ from: span.from, to: event.target.value })} />
    </>
  );
}

/** Midnight to midnight, with what is open of it. */
function DayBar({ spans }: { readonly spans: readonly Placed[] }): ReactNode {
  return (
    <svg className="setup-day" viewBox={`0 0 ${DAY_MINUTES} 10`} preserveAspectRatio="none" aria-hidden>
      {spans.map(({ from, to, at }) => {
        const begin = minutesOf(from);
        const end = minutesOf(to);
        return begin === null || end === null || end <= begin ? null : <rect key={at} x={begin} y="0" width={end - begin} height="10" />;
      })}
    </svg>
  );
}

/** Days that are not like others: closed, or open at other times. */
export function HolidaysField(props: FieldProps): ReactNode {
  const { w } = useWords();
  const { id, name, entry, set, wrong } = props;
  const days = Array.isArray(entry[name]) ? (entry[name] as readonly Entry[]) : [];
  const change = (which: number, day: Entry): void => set(days.map((other, at) => (at === which ? day : other)));
  return (
    <Labelled {...props} wrong={wrong.filter((one) => placeOf(one).within === '')} hint={useHint(name)} group>
      <ul className="setup-holidays">
        {days.map((day, at) => (
          <Holiday key={at} id={`${id}-${at}`} day={day} wrong={within(wrong, at)} change={(changed) => change(at, changed)} remove={() => set(days.filter((_, other) => other !== at))} />
        ))}
      </ul>
      <Action label={w.setupForm.addHoliday} look="quiet" run={() => set([...days, { date: '' }])} />
    </Labelled>
  );
}

interface HolidayProps {
  readonly id: string;
  readonly day: Entry;
  readonly wrong: readonly SetupWrong[];
  readonly change: (day: Entry) => void;
  readonly remove: () => void;
}

function Holiday({ id, day, wrong, change, remove }: HolidayProps): ReactNode {
  const { w } = useWords();
  const text = (key: string): string => (typeof day[key] === 'string' ? day[key] : '');
  const open = day['from'] !== undefined || day['to'] !== undefined;
  const shut = withValue(withValue(day, 'from', undefined), 'to', undefined);
  return (
    <li>
      <Input type="date" className="setup-date figures" aria-label={w.setupForm.labels.date} aria-invalid={wrong.length > 0} value={text('date')} onChange={(event) => change({ ...day, date: event.target.value })} />
      <Input className="setup-holiday-name" aria-label={w.setupForm.labels.label} placeholder={w.setupForm.labels.label} value={text('label')} onChange={(event) => change(withValue(day, 'label', event.target.value))} />
      <label className="tick">
        <input type="checkbox" checked={!open} onChange={() => change(open ? shut : { ...day, ...USUAL })} />
        <span>{w.setupForm.holidayClosed}</span>
      </label>
      {open && (
        <span className="setup-span">
          <Times day={text('date')} span={{ from: text('from'), to: text('to') }} wrong={wrong.length > 0} set={(span) => change({ ...day, ...span })} />
        </span>
      )}
      <Button type="text" size="small" aria-label={`${w.setupForm.takeHoliday} ${text('date')}`} onClick={remove}>
        ×
      </Button>
      <WrongOf id={id} wrong={wrong} />
    </li>
  );
}
