import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import { errorsOf, type ImportApi, type ImportJob, type ImportPreview, isRunning, missing } from '../../client/imports';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';
import { linkTo } from '../../ui/place';
import { PageFault } from '../office/page-fault';
import { Mapping } from './mapping';

/** How often a running import is looked at. */
const LOOK_AGAIN = 500;

/** One file: what its columns mean, what a dry run finds, what was loaded. */
export function OneImport({ api, id }: { readonly api: ImportApi; readonly id: string }): ReactNode {
  const { w } = useWords();
  const [job, setJob] = useState<ImportJob | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [targets, setTargets] = useState<readonly string[]>([]);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const [wrong, setWrong] = useState<DeskFault | null>(null);
  const read = useCallback(async (): Promise<void> => {
    try {
      const shown = await api.show(id);
      setJob(shown);
      setFault(null);
      if (shown.state === 'LOADED') return;
      const looked = await api.preview(id);
      setPreview(looked);
      setTargets((before) => (before.length === 0 ? looked.guesses : before));
    } catch (error) {
      setFault(asFault(error));
    }
  }, [api, id]);
  useEffect(() => void read(), [read]);
  useEffect(() => {
    if (job === null || !isRunning(job)) return;
    const timer = setTimeout(() => void api.show(id).then(setJob, () => setJob({ ...job })), LOOK_AGAIN);
    return () => clearTimeout(timer);
  }, [api, id, job]);
  const run = async (what: 'check' | 'load', goodRows: boolean): Promise<void> => {
    const columns = targets.flatMap((target, index) => (target === '' ? [] : [{ index, target }]));
    setWrong(null);
    try {
      setJob(await api[what](id, { columns, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, goodRows }));
    } catch (error) {
      setWrong(asFault(error));
    }
  };
  if (fault !== null) return <PageFault fault={fault} again={read} />;
  if (job === null) return <p className="faint">{w.watch.reading}</p>;
  const lacking = preview === null ? [] : missing(preview, targets);
  const reason = isRunning(job)
    ? w.imports.running
    : lacking.length > 0
      ? w.imports.lacking(lacking.map((target) => word(w.imports.targets, target)).join(', '))
      : null;
  return (
    <>
      <p className="row">
        <a href={linkTo('imports')}>{w.imports.back}</a>
        <strong>
          <bdi>{job.file}</bdi>
        </strong>
        <span className="faint">
          {w.imports.kinds[job.kind]}
          {preview !== null && ` · ${preview.encoding}`}
        </span>
      </p>
      <Result job={job} />
      {job.state !== 'LOADED' && preview !== null && (
        <>
          <Mapping preview={preview} targets={targets} change={setTargets} />
          {wrong !== null && (
            <p className="panel-wrong" role="alert">
              {faultWords(wrong, w)}
            </p>
          )}
          <div className="row">
            <Action label={w.imports.check} look={job.state === 'UPLOADED' ? 'accent' : 'plain'} hint={w.imports.checkMeans} reason={reason} run={() => run('check', false)} />
            <Action label={w.imports.load} look={job.state === 'CHECKED' && job.wrong === 0 ? 'accent' : 'plain'} hint={w.imports.loadMeans} reason={reason} run={() => run('load', false)} />
            {job.wrong > 0 && job.good > 0 && (
              <Action label={w.imports.loadGood(job.good)} hint={w.imports.loadGoodMeans(job.wrong)} reason={reason} run={() => run('load', true)} />
            )}
          </div>
        </>
      )}
      <div className="row">
        <Action
          label={isRunning(job) ? w.imports.stop : w.imports.forget}
          look="quiet"
          hint={isRunning(job) ? w.imports.stopMeans : w.imports.forgetMeans}
          run={async () => {
            const ran = isRunning(job);
            await api.forget(id).catch((error: unknown) => setWrong(asFault(error)));
            if (!ran) location.hash = linkTo('imports');
          }}
        />
      </div>
    </>
  );
}

/** How far it is, or how it ended. */
function Result({ job }: { readonly job: ImportJob }): ReactNode {
  const { w } = useWords();
  if (job.state === 'UPLOADED') return null;
  const running = isRunning(job);
  const bad = job.state === 'REFUSED' || job.state === 'FAILED';
  return (
    <section className="import-result" aria-live="polite">
      <p className={bad ? 'panel-wrong strong' : 'strong'}>{running && job.part >= 1 ? w.imports.comparing : w.imports.states[job.state]}</p>
      {running && <progress max={1} value={job.part >= 1 ? undefined : job.part} aria-label={w.imports.states[job.state]} />}
      <dl className="import-figures figures">
        {(['read', 'good', 'known', 'wrong'] as const).map((figure) => (
          <div key={figure}>
            <dt>{w.imports.figures[figure]}</dt>
            <dd>{job[figure].toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {job.why !== '' && <p className={bad ? 'panel-wrong' : ''}>{job.why}</p>}
      {!running && job.wrong > 0 && (
        <a href={errorsOf(job.id)} download={`${job.file}.errors.csv`}>
          {w.imports.download}
        </a>
      )}
    </section>
  );
}
