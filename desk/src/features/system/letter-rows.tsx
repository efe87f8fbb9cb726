import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import type { Failure, Letter } from '../../client/system';
import { exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { type Words, word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { Mark } from '../../ui/mark';
import { When } from '../watch/closed';
import type { Letters } from './letters';

interface RowsProps {
  readonly letters: Letters;
  readonly items: readonly Letter[];
  readonly chosen: ReadonlySet<number>;
  /** Why nothing can be changed here; null when it can. */
  readonly mayNot: string | null;
}

/** `crm:odoo` is of a kind, and of a system. */
export function kindWords(kind: string, w: Words): string {
  const [sort = '', of = ''] = kind.split(/:(.*)/s);
  return of === '' ? word(w.letters.kind, kind) : `${word(w.letters.kind, sort)}: ${of}`;
}

/** Walked by arrows; the space bar chooses, Enter tries again. */
export function LetterRows({ letters, items, chosen, mayNot }: RowsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const rows = (): HTMLElement[] => [...(list.current?.children ?? [])] as HTMLElement[];
  const retry = async (letter: Letter): Promise<void> => {
    const at = items.indexOf(letter);
    if (await letters.retry([letter.id])) requestAnimationFrame(() => rows()[Math.min(at, rows().length - 1)]?.focus());
  };
  const press = (event: KeyboardEvent<HTMLUListElement>): void => {
    const at = rows().indexOf(event.target as HTMLElement);
    const letter = items[at];
    if (letter === undefined) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) rows()[Math.min(Math.max(0, at + step), items.length - 1)]?.focus();
    else if (event.key === ' ') letters.choose([letter.id], !chosen.has(letter.id));
    else if (event.key === 'Enter' && mayNot === null) void retry(letter);
    else return;
    event.preventDefault();
  };
  return (
    <ul ref={list} className="dossier" onKeyDown={press}>
      {items.map((letter, index) => (
        <LetterRow
          key={letter.id}
          letter={letter}
          first={index === 0}
          chosen={chosen.has(letter.id)}
          choose={(on) => letters.choose([letter.id], on)}
          mayNot={mayNot}
          retry={() => retry(letter)}
          dismiss={() => letters.dismiss(letter.id)}
        />
      ))}
    </ul>
  );
}

interface RowProps {
  readonly letter: Letter;
  readonly first: boolean;
  readonly chosen: boolean;
  readonly choose: (on: boolean) => void;
  readonly mayNot: string | null;
  readonly retry: () => unknown;
  readonly dismiss: () => unknown;
}

function LetterRow({ letter, first, chosen, choose, mayNot, retry, dismiss }: RowProps): ReactNode {
  const { w } = useWords();
  const [closing, setClosing] = useState(false);
  const title = useId();
  const { behind, inDoubt } = letter;
  return (
    <li tabIndex={first ? 0 : -1} aria-labelledby={title}>
      <div className="dossier-body letter">
        <label className="finding" id={title}>
          <input type="checkbox" tabIndex={-1} checked={chosen} onChange={(event) => choose(event.target.checked)} />
          <span className="strong">
            <bdi>{kindWords(letter.kind, w)}</bdi> <bdi className="id">{letter.key}</bdi>
          </span>
        </label>
        <p>
          <Mark shape="warning" /> <bdi>{letter.reason}</bdi>
        </p>
        <p className="faint figures">
          {w.letters.attempts(letter.attempts)} · <When at={letter.createdAt} words={w.letters.begun} /> ·{' '}
          <When at={letter.diedAt} words={w.letters.died} />
          {behind > 0 && ` · ${w.letters.behind(behind)}`}
        </p>
        {inDoubt && <p className="faint">{w.letters.inDoubt}</p>}
        <details>
          <summary>{w.letters.details}</summary>
          <p className="faint">{w.letters.payload}</p>
          <pre dir="ltr">{letter.payload === '' ? w.letters.noPayload : letter.payload}</pre>
          <History failures={letter.history} />
        </details>
      </div>
      <div className="dossier-act letter-acts">
        {closing ? (
          <>
            <p>{w.letters.dismissMeans}</p>
            <Action label={w.letters.dismissSure} look="danger" reason={mayNot} run={dismiss} />
            <Action label={w.watch.notNow} look="quiet" run={() => setClosing(false)} />
          </>
        ) : (
          <>
            <Action label={w.letters.retry} hint={w.letters.retryMeans} reason={mayNot} run={retry} />
            <Action label={w.letters.dismiss} look="quiet" reason={mayNot} run={() => setClosing(true)} />
          </>
        )}
      </div>
    </li>
  );
}

function History({ failures }: { readonly failures: readonly Failure[] }): ReactNode {
  const { w, locale } = useWords();
  if (failures.length === 0) return <p className="faint">{w.letters.noHistory}</p>;
  return (
    <>
      <p className="faint">{w.letters.history}</p>
      <ol className="letter-history">
        {failures.map((failure) => (
          <li key={`${failure.at} ${failure.attempt}`}>
            <span className="faint figures">
              {w.letters.attempt(failure.attempt)} · {exact(failure.at, locale)}
              {failure.inDoubt && ` · ${w.letters.doubt}`}
            </span>{' '}
            <bdi>{failure.reason}</bdi>
          </li>
        ))}
      </ol>
    </>
  );
}
