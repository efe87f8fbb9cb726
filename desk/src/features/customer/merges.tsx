import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { Customers, type Fact, type Merge } from '../../client/customers';
import { asFault } from '../../client/faults';
import { exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';

interface MergesProps {
  readonly id: string;
  readonly name: string;
  readonly changed: () => void;
}

/** Who is one with this customer, and how to take it back. */
export function Merges({ id, name, changed }: MergesProps): ReactNode {
  const { w, locale } = useWords();
  const desk = useDesk();
  const [merges, setMerges] = useState<readonly Merge[]>([]);
  const [undoing, setUndoing] = useState<string | null>(null);
  const load = useCallback(() => {
    new Customers(desk.rest).merges(id).then(({ items }) => setMerges(items), () => {});
  }, [desk.rest, id]);
  useEffect(load, [load]);
  const open = merges.filter((merge) => merge.endedAt === null);
  return (
    <section>
      <h3>{w.panel.merges}</h3>
      <ul className="file-list">
        {open.map((merge) => (
          <li key={merge.id}>
            <time className="figures faint" dateTime={merge.at}>
              {exact(merge.at, locale)}
            </time>
            <span>{w.panel.mergedSince}</span>
            <span className="file-acts">
              <Action label={w.panel.undo} look="quiet" hint={w.panel.undoMeans} run={() => setUndoing(merge.id)} />
            </span>
            {undoing === merge.id && (
              <Undo
                merge={merge}
                name={name}
                done={() => {
                  setUndoing(null);
                  load();
                  changed();
                }}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="row">
        <Action label={w.panel.merge} hint={w.panel.mergeMeans} run={() => desk.panel.search(id)} />
      </div>
    </section>
  );
}

interface UndoProps {
  readonly merge: Merge;
  readonly name: string;
  readonly done: () => void;
}

/** Of each thing written meanwhile somebody says whose it is; it stays where it is unless they do. */
function Undo({ merge, name, done }: UndoProps): ReactNode {
  const { w, locale } = useWords();
  const desk = useDesk();
  const [facts, setFacts] = useState<readonly Fact[] | null>(null);
  const [moved, setMoved] = useState<Readonly<Record<string, boolean>>>({});
  useEffect(() => {
    new Customers(desk.rest).preview(merge.id).then(
      (preview) => setFacts(preview.facts),
      (error: unknown) => desk.toasts.fault(asFault(error)),
    );
  }, [desk, merge.id]);
  if (facts === null) return null;
  const undo = async (): Promise<void> => {
    try {
      const choices = facts.map((fact) => ({ fact: fact.id, customer: (fact.file === merge.loser) === (moved[fact.id] ?? false) ? merge.survivor : merge.loser }));
      await new Customers(desk.rest).undo(merge.id, choices);
      done();
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
  };
  return (
    <div className="undo">
      <p>{facts.length === 0 ? w.panel.undoNothing : w.panel.undoChoose(name)}</p>
      <ul className="file-list">
        {facts.map((fact) => (
          <li key={fact.id}>
            <label>
              <input type="checkbox" checked={moved[fact.id] ?? false} onChange={(event) => setMoved({ ...moved, [fact.id]: event.target.checked })} />{' '}
              <time className="figures faint" dateTime={fact.at}>
                {exact(fact.at, locale)}
              </time>{' '}
              {word(w.panel.facts, fact.kind)} <bdi className="faint">{fact.about}</bdi>
            </label>
          </li>
        ))}
      </ul>
      <Action label={w.panel.undoNow} look="danger" run={undo} />
    </div>
  );
}
