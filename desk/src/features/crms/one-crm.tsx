import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { Crm, CrmApi, CrmChange, CrmDetail, CrmTried } from '../../client/crms';
import { asFault, type DeskFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';
import { linkTo } from '../../ui/place';
import { PageFault } from '../office/page-fault';
import { Comparisons } from './comparisons';
import { type CrmDraft, CrmForm, settingsOf } from './crm-form';
import { Backlog, CrmState, Trouble } from './crms-page';
import { Tried } from './tried';

const LOOK_AGAIN = 3_000;

interface OneProps {
  readonly api: CrmApi;
  readonly name: string;
}

/** One system: how it stands, and everything that can be done with it. */
export function OneCrm({ api, name }: OneProps): ReactNode {
  const { w } = useWords();
  const [detail, setDetail] = useState<CrmDetail | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const [wrong, setWrong] = useState<DeskFault | null>(null);
  const [tried, setTried] = useState<CrmTried | null>(null);
  const [removing, setRemoving] = useState(false);
  const read = useCallback(
    () => api.read(name).then((shown) => (setDetail(shown), setFault(null)), (error: unknown) => setFault(asFault(error))),
    [api, name],
  );
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [read]);
  const ask = async <T,>(work: () => Promise<T>, then: (answer: T) => void): Promise<boolean> => {
    setWrong(null);
    try {
      then(await work());
      return true;
    } catch (error) {
      setWrong(asFault(error));
      return false;
    }
  };
  const gone = (): void => {
    location.hash = linkTo('crms');
  };
  if (detail === null) return fault === null ? <p className="faint">{w.watch.reading}</p> : <PageFault fault={fault} again={read} />;
  const { crm } = detail;
  const off = crm.on ? null : w.crms.onFirst;
  return (
    <>
      <p>
        <a href={linkTo('crms')}>{w.crms.back}</a>
      </p>
      <header className="page-head">
        <h1>
          <bdi>{crm.name}</bdi>
        </h1>
        <p>
          <CrmState crm={crm} /> <span className="faint">{crm.adapter}</span>
        </p>
      </header>
      {fault !== null && <PageFault fault={fault} again={read} />}
      <Backlog crm={crm} />
      <Trouble crm={crm} />
      <Figures crm={crm} />
      <section>
        <h2>{w.crms.flows}</h2>
        <ul className="crm-kinds">
          {crm.kinds.map((kind) => (
            <li key={kind}>
              <a href={linkTo('crms', `${crm.name}/${kind}`)}>{w.crms.mapOf(word(w.crms.kinds, kind))}</a>
            </li>
          ))}
        </ul>
      </section>
      <div className="row">
        <Action label={w.crms.test} look="accent" hint={w.crms.testMeans} run={() => ask(() => api.test(name), setTried)} />
        <Action
          label={crm.marked === null ? w.crms.sendAll : w.crms.sending(crm.marked)}
          hint={w.crms.sendAllMeans}
          reason={off ?? (crm.marked === null ? null : w.crms.sendingAlready)}
          run={() => ask(() => api.sendAll(name), setDetail)}
        />
        <Action label={crm.on ? w.crms.off : w.crms.on} hint={crm.on ? w.crms.offMeans : w.crms.onMeans} run={() => ask(() => api.change(name, { version: crm.version, on: !crm.on }), setDetail)} />
        {!removing && <Action label={w.crms.remove} look="quiet" run={() => setRemoving(true)} />}
      </div>
      {removing && (
        <div className="crm-sure" role="group" aria-label={w.crms.removeSure(crm.name)}>
          <p>{w.crms.removeMeans}</p>
          <div className="row">
            <Action label={w.crms.removeSure(crm.name)} look="danger" run={() => ask(() => api.remove(name), gone)} />
            <Action label={w.watch.notNow} look="quiet" run={() => setRemoving(false)} />
          </div>
        </div>
      )}
      {wrong !== null && (
        <p className="panel-wrong setup-words" role="alert">
          {faultWords(wrong, w)}
        </p>
      )}
      {tried !== null && <Tried tried={tried} />}
      <Comparisons api={api} name={name} reason={off} />
      <EditCrm key={crm.version} api={api} detail={detail} change={(change) => ask(() => api.change(name, change), setDetail)} />
    </>
  );
}

export function Figures({ crm }: { readonly crm: Crm }): ReactNode {
  const { w, locale } = useWords();
  const number = new Intl.NumberFormat(locale);
  const { sent, repeated, received, changed } = crm.flow;
  const told: readonly (readonly [string, string])[] = [
    [w.crms.figures.sent, number.format(sent)],
    [w.crms.figures.repeated, number.format(repeated)],
    [w.crms.figures.received, number.format(received)],
    [w.crms.figures.changed, number.format(changed)],
    [w.crms.figures.requests, number.format(crm.requests)],
    [w.crms.figures.perSecond, crm.perSecond === 0 ? w.crms.noLimit : number.format(crm.perSecond)],
  ];
  return (
    <dl className="facts" aria-label={w.crms.sinceStart}>
      {told.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface EditProps {
  readonly api: CrmApi;
  readonly detail: CrmDetail;
  readonly change: (change: CrmChange) => Promise<boolean>;
}

/** Its file and settings; a setting that is left empty stays as it is. */
function EditCrm({ api, detail, change }: EditProps): ReactNode {
  const { w } = useWords();
  const { crm, file, settings } = detail;
  const start: CrmDraft = { file, settings: settings.map((name) => ({ name, value: '' })), internal: crm.internal };
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState<CrmTried | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const given = settingsOf(draft.settings.filter(({ value }) => value !== ''));
  const away = settings.filter((name) => draft.settings.every((one) => one.name !== name));
  const same = draft.file === file && draft.internal === crm.internal && Object.keys(given).length === 0 && away.length === 0;
  const reason = same ? w.crms.nothingChanged : null;
  const dryRun = (): Promise<void> => {
    setFault(null);
    return api.dryRun({ file: draft.file, settings: given, internal: draft.internal }).then(setTried, (error: unknown) => setFault(asFault(error)));
  };
  const save = (): Promise<boolean> =>
    change({
      version: crm.version,
      ...(draft.file === file ? {} : { file: draft.file }),
      ...(draft.internal === crm.internal ? {} : { internal: draft.internal }),
      settings: { ...Object.fromEntries(away.map((name) => [name, ''])), ...given },
    });
  return (
    <details className="crm-edit">
      <summary>{w.crms.edit}</summary>
      <CrmForm
        draft={draft}
        kept={settings}
        change={(changed) => {
          setDraft(changed);
          setTried(null);
        }}
      />
      <div className="row">
        <Action label={w.crms.dryRun} hint={w.crms.dryRunMeans} reason={reason} run={dryRun} />
        <Action label={w.crms.save} look={same ? 'plain' : 'accent'} reason={reason ?? (tried !== null && tried.mistakes.length > 0 ? w.crms.mendFirst : null)} run={save} />
        {!same && <Action label={w.crms.discard} look="quiet" run={() => setDraft(start)} />}
      </div>
      {fault !== null && (
        <p className="panel-wrong setup-words" role="alert">
          {faultWords(fault, w)}
        </p>
      )}
      {tried !== null && <Tried tried={tried} />}
    </details>
  );
}
