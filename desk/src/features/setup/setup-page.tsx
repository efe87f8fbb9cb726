import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { SetupApi } from '../../client/setup';
import { realTimers } from '../../client/timers';
import { useWords } from '../../i18n/language';
import { linkTo } from '../../ui/place';
import { PageFault } from '../office/page-fault';
import { useVisitor, type Visitor } from '../office/visitor';
import { EntryForm } from './entry-form';
import { EntryList } from './entry-list';
import { FileEditor } from './file-editor';
import { Pending } from './pending';
import { FORM_SECTIONS, type FormSection } from './shape';
import { type SetupView, SetupWork } from './work';

/** What was begun is there again when somebody comes back to the page. */
const WORKS = new WeakMap<Visitor, SetupWork>();

function workOf(visitor: Visitor): SetupWork {
  const known = WORKS.get(visitor);
  if (known !== undefined) return known;
  const work = new SetupWork(new SetupApi(visitor.rest), visitor.drafts, realTimers);
  WORKS.set(visitor, work);
  return work;
}

/** What is set up: looked at and changed by section, or as one file. */
export function SetupPage({ of }: { readonly of: string | null }): ReactNode {
  const { w } = useWords();
  const visitor = useVisitor();
  const [work] = useState(() => workOf(visitor));
  const view = useSyncExternalStore(work.subscribe, work.get, work.get);
  useEffect(() => void work.open(), [work]);
  useWarning(view.changed.length > 0);
  const mayNot = visitor.session.permissions.includes('MANAGE_SYSTEM') ? null : w.setup.mayNot;
  const { file, fault } = view;
  const known = FORM_SECTIONS.filter((section) => section !== 'users' || file === null || file.sections.users !== undefined);
  const section = of === 'file' || of === 'trunks' ? of : (known.find((name) => name === of) ?? 'queues');
  return (
    <section className="page page-wide setup">
      <header className="page-head">
        <h1>{w.setup.title}</h1>
        <p className="page-text">{w.setup.text}</p>
      </header>
      <Tabs sections={known} now={section} view={view} />
      {file === null && fault !== null && <PageFault fault={fault} again={() => work.open()} />}
      {file === null && fault === null && <p className="faint">{w.watch.reading}</p>}
      {file !== null && section === 'file' && <FileEditor key={file.basedOn} api={new SetupApi(visitor.rest)} file={file} mayNot={mayNot} changed={() => void work.open()} />}
      {section === 'trunks' && (
        <p>
          {w.setup.trunksElsewhere} <a href={linkTo('trunks')}>{w.setup.toTrunks}</a>
        </p>
      )}
      {file !== null && section !== 'file' && section !== 'trunks' && <Section section={section} view={view} work={work} mayNot={mayNot} />}
      {file !== null && section !== 'file' && <Pending view={view} work={work} mayNot={mayNot} />}
    </section>
  );
}

/** The browser asks before a tab with changes is closed. */
function useWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [unsaved]);
}

interface TabsProps {
  readonly sections: readonly FormSection[];
  readonly now: string;
  readonly view: SetupView;
}

function Tabs({ sections, now, view }: TabsProps): ReactNode {
  const { w } = useWords();
  return (
    <nav className="page-links setup-tabs" aria-label={w.setup.pages}>
      {[...sections, 'trunks' as const].map((name) => (
        <a key={name} href={linkTo('setup', name)} aria-current={now === name ? 'page' : undefined}>
          <span>{w.setup.sections[name]}</span>
          {view.file !== null && <span className="figures faint">{(view.sections[name] ?? []).length}</span>}
          {view.changed.includes(name) && <span className="setup-state">{w.setup.kinds.CHANGED}</span>}
        </a>
      ))}
      <a href={linkTo('setup', 'file')} aria-current={now === 'file' ? 'page' : undefined}>
        {w.setup.fileLink}
      </a>
    </nav>
  );
}

interface SectionProps {
  readonly section: FormSection;
  readonly view: SetupView;
  readonly work: SetupWork;
  readonly mayNot: string | null;
}

function Section({ section, view, work, mayNot }: SectionProps): ReactNode {
  const { w } = useWords();
  const { opened } = view;
  const open = opened !== null && opened.section === section && view.sections[section]?.[opened.index] !== undefined;
  return (
    <div className="setup-section" data-open={open}>
      <p className="page-text">{w.setup.about[section]}</p>
      {mayNot !== null && <p className="faint">{mayNot}</p>}
      <div className="setup-split">
        <EntryList section={section} view={view} work={work} mayNot={mayNot} />
        {open ? <EntryForm key={`${section} ${opened.index}`} section={section} index={opened.index} view={view} work={work} mayNot={mayNot} /> : <p className="faint setup-empty">{w.setupForm.choose}</p>}
      </div>
    </div>
  );
}
