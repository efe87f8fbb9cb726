import { Input, Segmented } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import type { Which } from '../../client/watch';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import type { Drafts } from '../../ui/drafts';
import { PageFault } from '../office/page-fault';
import type { Dossier } from './dossier';
import { SettleForm } from './settle-form';

interface DossierProps<T> {
  readonly dossier: Dossier<T>;
  readonly title: string;
  readonly text: string;
  /** Nothing is open. */
  readonly none: string;
  readonly drafts: Drafts;
  /** Told how many are open. */
  readonly counted: (open: number) => void;
  /** What the filter looks at. */
  readonly wordsOf: (item: T) => string;
  readonly show: (item: T) => ReactNode;
}

/** A list of what somebody should look at: walked by arrows, Enter says how it was dealt with. */
export function DossierPage<T>({ dossier, title, text, none, drafts, counted, wordsOf, show }: DossierProps<T>): ReactNode {
  const { w } = useWords();
  const { which, items, next, open, reading, fault } = useSyncExternalStore(dossier.subscribe, dossier.get, dossier.get);
  const [filter, setFilter] = useState('');
  useEffect(() => void dossier.reload(), [dossier]);
  useEffect(() => {
    if (items !== null) counted(open);
  }, [items, open, counted]);
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = (items ?? []).filter((item) => wordsOf(item).toLocaleLowerCase().includes(wanted));
  return (
    <section className="page">
      <header className="page-head">
        <h1>{title}</h1>
        <p className="page-text">{text}</p>
      </header>
      <div className="page-tools">
        <Segmented<Which>
          value={which}
          onChange={(value) => void dossier.show(value)}
          options={[
            { value: 'open', label: w.watch.open(open) },
            { value: 'done', label: w.watch.done },
          ]}
        />
        <Input
          type="search"
          className="page-filter"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          placeholder={w.watch.filter}
          aria-label={w.watch.filter}
          allowClear={false}
        />
        <Action label={w.watch.reload} look="quiet" run={() => dossier.reload()} />
      </div>
      {fault !== null && <PageFault fault={fault} again={() => dossier.reload()} />}
      <p className="faint" role="status">
        {items === null
          ? reading && w.watch.reading
          : items.length === 0
            ? which === 'open' ? none : w.watch.nothingDone
            : shown.length === 0
              ? w.watch.nothingLike
              : w.watch.shown(shown.length)}{' '}
        {which === 'open' && shown.length > 0 && <span className="by-keys">{w.watch.hint}</span>}
      </p>
      <Rows dossier={dossier} items={shown} which={which} drafts={drafts} show={show} />
      {next !== null && <Action label={w.watch.more} run={() => dossier.more()} />}
    </section>
  );
}

interface RowsProps<T> extends Pick<DossierProps<T>, 'dossier' | 'drafts' | 'show'> {
  readonly items: readonly T[];
  readonly which: Which;
}

function Rows<T>({ dossier, items, which, drafts, show }: RowsProps<T>): ReactNode {
  const { w } = useWords();
  const list = useRef<HTMLUListElement>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const title = useId();
  const rows = (): HTMLElement[] => [...(list.current?.children ?? [])] as HTMLElement[];
  const walk = (event: KeyboardEvent<HTMLUListElement>): void => {
    const at = rows().indexOf(event.target as HTMLElement);
    const item = items[at];
    if (item === undefined) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) rows()[Math.min(Math.max(0, at + step), items.length - 1)]?.focus();
    else if (event.key === 'Enter' && which === 'open') setOpened(dossier.idOf(item));
    else return;
    event.preventDefault();
  };
  /** Back to the row, or to the one that took its place. */
  const left = (id: string): void => {
    const at = items.findIndex((item) => dossier.idOf(item) === id);
    setOpened(null);
    requestAnimationFrame(() => rows()[Math.min(at, rows().length - 1)]?.focus());
  };
  return (
    <ul ref={list} className="dossier" onKeyDown={walk}>
      {items.map((item, index) => {
        const id = dossier.idOf(item);
        return (
          <li key={id} tabIndex={index === 0 ? 0 : -1} aria-labelledby={`${title}-${index}`}>
            <div className="dossier-body" id={`${title}-${index}`}>
              {show(item)}
            </div>
            {which === 'open' && opened !== id && (
              <div className="dossier-act">
                <Action label={drafts.get(id) === null ? w.watch.settle : w.watch.goOn} run={() => setOpened(id)} />
              </div>
            )}
            {opened === id && (
              <SettleForm
                name={id}
                drafts={drafts}
                send={(measure) => dossier.close(item, measure)}
                leave={() => left(id)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
