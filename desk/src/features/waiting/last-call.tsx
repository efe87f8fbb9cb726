import { type ReactNode, useState } from 'react';
import { clock, duration } from '../../format/time';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { cardOf } from '../../store/select';
import { Action } from '../../ui/action';
import { useView } from '../../ui/desk-context';
import { Caller } from '../card/headline';
import { PhoneNumber } from '../dial/number';
import { Notes } from '../notes/notes';
import { useOutcomes } from '../wrap-up/dispositions';
import { WrapUp } from '../wrap-up/wrap-up';

/** The call that has just been finished; its record can still be changed. */
export function LastCall({ call }: { readonly call: CallView }): ReactNode {
  const { w, locale } = useWords();
  const card = useView((view) => cardOf(view, call));
  const { labelOf } = useOutcomes();
  const [open, setOpen] = useState(false);
  const facts = [
    call.inside && call.outgoing !== null && call.outgoing !== 'ANSWERED' && word(w.dial.state, call.outgoing),
    call.answeredAt !== null && clock(call.answeredAt, locale),
    call.answeredAt !== null && call.endedAt !== null && w.call.talked(duration(Date.parse(call.endedAt) - Date.parse(call.answeredAt))),
    call.disposition !== null && labelOf(call.disposition),
    !call.inside && call.endedBy !== null && word(w.call.endedBy, call.endedBy),
  ].filter((fact) => fact !== false);
  return (
    <section className="last-call">
      <h2>{w.waiting.last}</h2>
      <p>
        <strong>
          <Caller call={call} card={card} />
        </strong>{' '}
        {card !== null && call.number !== null && <PhoneNumber number={call.number} />}{' '}
        <span className="faint figures">{facts.join(' · ')}</span>{' '}
        {!open && !call.inside && <Action label={w.waiting.reopen} hotkey="reopen" look="quiet" run={() => setOpen(true)} />}
      </p>
      {open && (
        <div className="last-call-record">
          <WrapUp call={call} />
          <Notes call={call} />
        </div>
      )}
    </section>
  );
}
