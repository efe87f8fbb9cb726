import { Input } from 'antd';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { type Letter, SystemApi } from '../../client/system';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { Action } from '../../ui/action';
import { PageFault } from '../office/page-fault';
import { useVisitor } from '../office/visitor';
import { kindWords, LetterRows } from './letter-rows';
import { Letters } from './letters';

/** Work that nobody tries again by itself: what it was, why it failed, and a way to try it again. */
export function LettersPage(): ReactNode {
  const { rest, open } = useVisitor();
  const [letters] = useState(() => new Letters(new SystemApi(rest)));
  const { items, count } = useSyncExternalStore(letters.subscribe, letters.get, letters.get);
  useEffect(() => void letters.reload(), [letters]);
  useEffect(() => {
    if (items !== null) open.set('letters', count);
  }, [items, count, open]);
  return <LetterList letters={letters} />;
}

export function LetterList({ letters }: { readonly letters: Letters }): ReactNode {
  const { w } = useWords();
  const { session } = useVisitor();
  const { items, next, count, kinds, kind, chosen, reading, fault, done } = useSyncExternalStore(letters.subscribe, letters.get, letters.get);
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = (items ?? []).filter((letter) => spoken(letter, w).toLocaleLowerCase().includes(wanted));
  const ids = shown.map(({ id }) => id);
  const all = ids.length > 0 && ids.every((id) => chosen.has(id));
  const mayNot = session.permissions.includes('MANAGE_SYSTEM') ? null : w.letters.mayNot;
  return (
    <section className="page">
      <header className="page-head">
        <h1>{w.letters.title}</h1>
        <p className="page-text">{w.letters.text}</p>
      </header>
      <div className="page-tools">
        <label className="letters-all">
          <input type="checkbox" checked={all} disabled={ids.length === 0} onChange={() => letters.choose(ids, !all)} />
          {w.letters.all}
        </label>
        <Action
          label={w.letters.retryChosen(chosen.size)}
          look="accent"
          reason={mayNot ?? (chosen.size === 0 ? w.letters.chooseFirst : null)}
          run={() => letters.retry([...chosen])}
        />
        {kinds.length > 0 && (
          <select className="letters-kind" value={kind} aria-label={w.letters.ofKind} onChange={(event) => void letters.only(event.target.value)}>
            <option value="">{w.letters.anyKind}</option>
            {kinds.map((one) => (
              <option key={one.kind} value={one.kind}>
                {w.letters.kindCount(kindWords(one.kind, w), one.count)}
              </option>
            ))}
          </select>
        )}
        {kind !== '' && <Action label={w.letters.retryAll(count)} hint={w.letters.retryAllMeans} reason={mayNot ?? (count === 0 ? w.letters.none : null)} run={() => letters.retryAll()} />}
        <Input
          type="search"
          className="page-filter"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          placeholder={w.watch.filter}
          aria-label={w.watch.filter}
          allowClear={false}
        />
        <Action label={w.watch.reload} look="quiet" run={() => letters.reload()} />
      </div>
      {fault !== null && <PageFault fault={fault} again={() => letters.reload()} />}
      <p className="faint" role="status">
        {done !== null && <span>{w.letters.done(done.retried, done.gone)} </span>}
        {items === null
          ? reading && w.watch.reading
          : items.length === 0 && next === null
            ? w.letters.none
            : shown.length === 0
              ? w.watch.nothingLike
              : w.letters.shown(shown.length, count)}{' '}
        {shown.length > 0 && <span className="by-keys">{w.letters.hint}</span>}
      </p>
      <LetterRows letters={letters} items={shown} chosen={chosen} mayNot={mayNot} />
      {next !== null && <Action label={w.letters.more} run={() => letters.more()} />}
    </section>
  );
}

function spoken(letter: Letter, w: Words): string {
  return [kindWords(letter.kind, w), letter.kind, letter.key, letter.reason].join(' ');
}
