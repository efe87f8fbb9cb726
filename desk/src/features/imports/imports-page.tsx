import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import { ImportApi, type ImportJob } from '../../client/imports';
import { exact } from '../../format/time';
import { useWords } from '../../i18n/language';
import { linkTo } from '../../ui/place';
import { PageFault } from '../office/page-fault';
import { useVisitor } from '../office/visitor';
import { BringFile } from './bring-file';
import { OneImport } from './one-import';

/** Files of customers and what belongs to them: brought, tried dry, loaded. */
export function ImportsPage({ of }: { readonly of: string | null }): ReactNode {
  const { w } = useWords();
  const { rest } = useVisitor();
  const [api] = useState(() => new ImportApi(rest));
  return (
    <section className="page page-wide">
      <header className="page-head">
        <h1>{w.imports.title}</h1>
        <p className="page-text">{w.imports.text}</p>
      </header>
      {of === null ? (
        <>
          <BringFile api={api} brought={(job) => (location.hash = linkTo('imports', job.id))} />
          <Earlier api={api} />
        </>
      ) : (
        <OneImport key={of} api={api} id={of} />
      )}
    </section>
  );
}

function Earlier({ api }: { readonly api: ImportApi }): ReactNode {
  const { w, locale } = useWords();
  const [jobs, setJobs] = useState<readonly ImportJob[] | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const read = useCallback(
    () => api.list().then((list) => (setJobs(list), setFault(null)), (error: unknown) => setFault(asFault(error))),
    [api],
  );
  useEffect(() => void read(), [read]);
  if (fault !== null) return <PageFault fault={fault} again={read} />;
  if (jobs === null) return <p className="faint">{w.watch.reading}</p>;
  return (
    <section>
      <h2>{w.imports.earlier}</h2>
      {jobs.length === 0 && <p className="faint">{w.imports.none}</p>}
      <ul className="import-list">
        {jobs.map((job) => (
          <li key={job.id}>
            <a href={linkTo('imports', job.id)}>
              <bdi>{job.file}</bdi>
            </a>
            <span>{w.imports.kinds[job.kind]}</span>
            <span className={job.state === 'REFUSED' || job.state === 'FAILED' ? 'panel-wrong' : ''}>
              {w.imports.states[job.state]}
              {job.state === 'LOADED' && ` · ${w.imports.rows(job.good)}`}
            </span>
            <time className="faint figures" dateTime={job.at}>
              {exact(job.at, locale)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
