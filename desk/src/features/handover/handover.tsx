import type { ReactNode } from 'react';
import { clock } from '../../format/time';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { Mark } from '../../ui/mark';

/** From whom the customer comes, or to whom this agent handed them on. */
export function Handover({ call }: { readonly call: CallView }): ReactNode {
  const { w, locale } = useWords();
  const { handover } = call;
  if (handover === null) return null;
  const { mine, by, target, at, to } = handover;
  const gone = mine && (call.phase === 'WRAP_UP' || call.phase === 'DONE');
  const back = mine && !gone;
  return (
    <p className="handover" role="status">
      <Mark shape="talking" />
      <bdi>
        {gone
          ? w.transfer.goneTo[to](target, clock(at, locale))
          : back
            ? w.transfer.back(target)
            : to === 'QUEUE'
              ? w.transfer.fromFor(by, target)
              : w.transfer.from(by)}
      </bdi>
    </p>
  );
}

/** With which colleague this agent speaks, and what the customer hears meanwhile. */
export function Colleagues({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const { consultation, others } = call;
  if (consultation === null && others.length === 0) return null;
  return (
    <p className="handover" role="status">
      <Mark shape="talking" /> <bdi>{consultation === null ? w.consult.conference(others.join(', ')) : told(w, call, consultation)}</bdi>
    </p>
  );
}

function told(w: Words, call: CallView, { with: name, mine, state }: NonNullable<CallView['consultation']>): string {
  if (call.inside && state !== 'RINGING') return w.inside.speaks(name);
  if (call.inside) return mine ? w.inside.rings(name) : w.inside.calls(name);
  if (call.endedAt !== null) return w.consult.alone(name);
  if (mine) return w.consult.mine[state](name);
  return w.consult.asked[state === 'RINGING' || state === 'WAITING' ? state : 'TALKING'](name);
}

/** What other agents wrote in this call before: read-only, and growing while they still write. */
export function EarlierNotes({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  if (call.earlierNotes.length === 0) return null;
  return (
    <section className="earlier-notes" aria-label={w.transfer.notes}>
      <h2>{w.transfer.notes}</h2>
      {call.earlierNotes.map((note) => (
        <div key={note.agent}>
          <p className="faint">
            <bdi>{note.agent}</bdi>
          </p>
          <p className="earlier-note" dir="auto">
            {note.text}
          </p>
        </div>
      ))}
    </section>
  );
}
