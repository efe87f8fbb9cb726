import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Comparison, CrmApi, Drift } from '../../client/crms';
import { asFault, type DeskFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';
import { Mark } from '../../ui/mark';
import { When } from '../watch/closed';

const LOOK_AGAIN = 2_000;

interface ComparisonsProps {
  readonly api: CrmApi;
  readonly name: string;
  /** Why nothing can be compared now; null when it can. */
  readonly reason: string | null;
}

/** How equal both sides are, and what is not; repaired only when somebody asks for it. */
export function Comparisons({ api, name, reason }: ComparisonsProps): ReactNode {
  const { w } = useWords();
  const [all, setAll] = useState<readonly Comparison[] | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const read = useCallback(() => api.comparisons(name).then((list) => (setAll(list), setFault(null)), (error: unknown) => setFault(asFault(error))), [api, name]);
  useEffect(() => void read(), [read]);
  const running = all?.some(({ state }) => state === 'RUNNING') ?? false;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void read(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [running, read]);
  const begin = (repair: boolean): Promise<void> => api.compare(name, repair).then(() => read(), (error: unknown) => setFault(asFault(error)));
  const no = reason ?? (running ? w.crms.comparing : null);
  return (
    <section className="crm-tried">
      <h2>{w.crms.comparisons}</h2>
      <p className="page-text">{w.crms.comparisonsText}</p>
      <div className="row">
        <Action label={w.crms.compare} reason={no} run={() => begin(false)} />
        <Action label={w.crms.compareRepair} hint={w.crms.compareRepairMeans} reason={no} run={() => begin(true)} />
      </div>
      {fault !== null && (
        <p className="panel-wrong" role="alert">
          {faultWords(fault, w)}
        </p>
      )}
      {all !== null && <ComparisonList api={api} name={name} all={all} />}
    </section>
  );
}

interface ListProps {
  readonly api: CrmApi;
  readonly name: string;
  readonly all: readonly Comparison[];
}

export function ComparisonList({ api, name, all }: ListProps): ReactNode {
  const { w, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  if (all.length === 0) return <p className="faint">{w.crms.neverCompared}</p>;
  return (
    <ol className="crm-versions" aria-label={w.crms.comparisons}>
      {all.map((one) => (
        <li key={one.id}>
          <span className="figures">
            <Mark shape={one.state === 'FAILED' ? 'offline' : one.state === 'RUNNING' ? 'offered' : one.equal === one.compared ? 'ready' : 'warning'} />{' '}
            {one.consistencyPercent === null ? word(w.crms.comparisonStates, one.state) : w.crms.consistent(percent.format(one.consistencyPercent))}{' '}
            <span className="faint">
              <When at={one.beganAt} words={(time) => time} /> · {w.crms.comparedCount(number.format(one.compared))}
              {one.state === 'DONE' && ` · ${w.crms.driftCounts(one.differing, one.missingHere, one.missingThere)}`}
              {one.repaired > 0 && ` · ${w.crms.repaired(one.repaired)}`}
            </span>
          </span>
          {one.why !== null && (
            <p className="panel-wrong">
              <bdi lang="en">{one.why}</bdi>
            </p>
          )}
          {one.state === 'DONE' && one.equal < one.compared && <Drifts api={api} name={name} id={one.id} />}
        </li>
      ))}
    </ol>
  );
}

function Drifts({ api, name, id }: { readonly api: CrmApi; readonly name: string; readonly id: number }): ReactNode {
  const { w } = useWords();
  const [drifts, setDrifts] = useState<readonly Drift[] | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  if (drifts === null) {
    return (
      <>
        <Action label={w.crms.showDrifts} look="quiet" run={() => api.drifts(name, id).then(setDrifts, (error: unknown) => setFault(asFault(error)))} />
        {fault !== null && (
          <p className="panel-wrong" role="alert">
            {faultWords(fault, w)}
          </p>
        )}
      </>
    );
  }
  return (
    <ul className="crm-drifts">
      {drifts.map((drift) => (
        <li key={`${drift.kind} ${drift.ours} ${drift.theirs}`}>
          {word(w.crms.kinds, drift.kind)} · {word(w.crms.drifts, drift.what)} <bdi className="id">{drift.theirs === '' ? drift.ours : drift.theirs}</bdi>
          {drift.fields.length > 0 && <span className="faint"> {drift.fields.map((field) => word(w.crms.ourFields, field)).join(', ')}</span>}
        </li>
      ))}
    </ul>
  );
}
