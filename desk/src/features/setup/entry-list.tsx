import { Button, Input } from 'antd';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import type { Entry } from '../../client/setup';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { Mark } from '../../ui/mark';
import { alike, isOrdered, labelOf, nameOf } from './entries';
import { FRESH, type FormSection } from './shape';
import { summaryOf } from './summary';
import { type Branch, moved, treeOf } from './tree';
import type { SetupView, SetupWork } from './work';
import { wrongOf } from './wrongs';

/** From so many on there is a field to find one. */
const MANY = 8;

interface ListProps {
  readonly section: FormSection;
  readonly view: SetupView;
  readonly work: SetupWork;
  readonly mayNot: string | null;
}

/** The entries of a section: found, walked by arrows, opened; those that are taken away can be brought back. */
export function EntryList({ section, view, work, mayNot }: ListProps): ReactNode {
  const { w, language } = useWords();
  const [text, setText] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const entries = view.sections[section] ?? [];
  const wanted = text.trim().toLocaleLowerCase();
  const branches: readonly Branch[] = section === 'dispositions' ? treeOf(entries) : entries.map((entry, index) => ({ entry, index, level: 0 }));
  const shown = branches.filter(({ entry }) => `${labelOf(section, entry, language)} ${summaryOf(section, entry, view.sections, w, language)}`.toLocaleLowerCase().includes(wanted));
  const gone = (view.file?.sections[section] ?? []).filter((entry) => !entries.some((other) => nameOf(section, other) === nameOf(section, entry)));
  const walk = (event: KeyboardEvent<HTMLUListElement>): void => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('.setup-row') ?? [])];
    const at = rows.indexOf(event.target as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || at < 0) return;
    rows[Math.min(Math.max(0, at + step), rows.length - 1)]?.focus();
    event.preventDefault();
  };
  const add = (): void => {
    work.edit(section, [...entries, FRESH[section]]);
    work.look({ section, index: entries.length });
  };
  return (
    <div className="setup-list">
      <div className="page-tools">
        {entries.length >= MANY && <Input type="search" className="page-filter" value={text} placeholder={w.setupForm.find} aria-label={w.setupForm.find} onChange={(event) => setText(event.target.value)} />}
        <Action label={w.setupForm.add[section]} reason={mayNot} run={add} />
      </div>
      {entries.length === 0 && <p className="faint">{w.setup.none}</p>}
      {entries.length > 0 && shown.length === 0 && <p className="faint">{w.watch.nothingLike}</p>}
      <ul ref={list} onKeyDown={walk}>
        {shown.map((branch) => (
          <Row key={branch.index} branch={branch} section={section} view={view} work={work} mayNot={mayNot} />
        ))}
        {gone.map((entry) => (
          <li key={`- ${nameOf(section, entry)}`} className="setup-gone">
            <del>
              <bdi>{labelOf(section, entry, language)}</bdi>
            </del>
            <Action label={w.setupForm.restore} look="quiet" run={() => work.edit(section, [...entries, entry])} />
          </li>
        ))}
      </ul>
      <p className="faint by-keys">{w.setupForm.keys}</p>
    </div>
  );
}

interface RowProps extends ListProps {
  readonly branch: Branch;
}

function Row({ branch, section, view, work, mayNot }: RowProps): ReactNode {
  const { w, language } = useWords();
  const { entry, index, level } = branch;
  const entries = view.sections[section] ?? [];
  const label = labelOf(section, entry, language) || w.setupForm.unnamed;
  const open = view.opened?.section === section && view.opened.index === index;
  const movable = isOrdered(section) && mayNot === null && entries.length > 1;
  return (
    <li className="setup-item" data-level={level}>
      <button type="button" className="setup-row" aria-current={open ? 'true' : undefined} onClick={() => work.look({ section, index })}>
        <span className="setup-row-name">
          {wrongOf(view.wrong, section, index).length > 0 && <Mark shape="warning" />}
          <bdi>{label}</bdi>
          <State was={(view.file?.sections[section] ?? []).find((one) => nameOf(section, one) === nameOf(section, entry))} is={entry} />
        </span>
        <span className="faint">
          <bdi>{summaryOf(section, entry, view.sections, w, language)}</bdi>
        </span>
      </button>
      {movable && (
        <span className="setup-moves">
          <Button type="text" size="small" aria-label={w.setupForm.up(label)} onClick={() => work.move(section, moved(entries, index, -1))}>
            ↑
          </Button>
          <Button type="text" size="small" aria-label={w.setupForm.down(label)} onClick={() => work.move(section, moved(entries, index, 1))}>
            ↓
          </Button>
        </span>
      )}
    </li>
  );
}

/** Whether it is not as it is in force. */
function State({ was, is }: { readonly was: Entry | undefined; readonly is: Entry }): ReactNode {
  const { w } = useWords();
  if (was !== undefined && alike(was, is)) return null;
  return <span className="setup-state">{was === undefined ? w.setup.kinds.ADDED : w.setup.kinds.CHANGED}</span>;
}
