import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { moment } from '../../format/time';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { useServerNow } from '../../ui/desk-context';
import { chosenTime, fieldTime, laterThan } from './later';

interface PutOffProps {
  readonly to: (at: number) => unknown;
  readonly leave: () => void;
}

/** When the customer shall be called instead: the usual times by one click, any other by its date. */
export function PutOff({ to, leave }: PutOffProps): ReactNode {
  const { w, locale } = useWords();
  const now = useServerNow();
  const id = useId();
  const [field, setField] = useState('');
  const at = chosenTime(field, now);
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  };
  return (
    <div className="put-off row" role="group" aria-label={w.tasks.laterTitle} onKeyDown={press}>
      {laterThan(now).map((later) => (
        <Action key={later.code} label={w.tasks.later[later.code](moment(later.at, now, locale))} run={() => to(later.at)} />
      ))}
      <label htmlFor={id} className="unseen">
        {w.tasks.laterAt}
      </label>
      <input id={id} type="datetime-local" value={field} min={fieldTime(now)} onChange={(event) => setField(event.target.value)} />
      <Action label={w.tasks.putOff} reason={at === null ? w.tasks.laterFirst : null} run={() => (at === null ? undefined : to(at))} />
      <Action label={w.watch.notNow} look="quiet" run={leave} />
    </div>
  );
}
