import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { type Crm, CrmApi } from '../../client/crms';
import { asFault, type DeskFault } from '../../client/faults';
import { useWords } from '../../i18n/language';
import { Mark, type Shape } from '../../ui/mark';
import { linkTo } from '../../ui/place';
import { PageFault } from '../office/page-fault';
import { useVisitor } from '../office/visitor';
import { When } from '../watch/closed';
import { AddCrm } from './add-crm';
import { MappingPage } from './mapping-page';
import { OneCrm } from './one-crm';

const LOOK_AGAIN = 5_000;
const SHAPES: Readonly<Record<Crm['state'], Shape>> = { RUNNING: 'ready', WAITING: 'warning', FAILED: 'offline', OFF: 'not-ready' };
const NEW = 'new/';

/** Other systems: all, one of them, or how its fields go with ours. */
export function CrmsPage({ of }: { readonly of: string | null }): ReactNode {
  const { w } = useWords();
  const { rest } = useVisitor();
  const [api] = useState(() => new CrmApi(rest));
  const [name = '', kind = ''] = (of ?? '').split('/');
  return (
    <section className="page page-wide">
      {name !== '' && of !== NEW && kind !== '' ? (
        <MappingPage key={of} api={api} name={name} kind={kind} />
      ) : name !== '' && of !== NEW ? (
        <OneCrm key={name} api={api} name={name} />
      ) : (
        <>
          <header className="page-head">
            <h1>{w.crms.title}</h1>
            <p className="page-text">{w.crms.text}</p>
          </header>
          {of === NEW ? (
            <>
              <p>
                <a href={linkTo('crms')}>{w.crms.back}</a>
              </p>
              <AddCrm api={api} added={(added) => (location.hash = linkTo('crms', added))} />
            </>
          ) : (
            <Joined api={api} />
          )}
        </>
      )}
    </section>
  );
}

function Joined({ api }: { readonly api: CrmApi }): ReactNode {
  const { w } = useWords();
  const [crms, setCrms] = useState<readonly Crm[] | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const read = useCallback(
    () => api.list().then((list) => (setCrms(list), setFault(null)), (error: unknown) => setFault(asFault(error))),
    [api],
  );
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [read]);
  return (
    <>
      <p>
        <a href={linkTo('crms', NEW)}>{w.crms.add}</a>
      </p>
      {fault !== null && <PageFault fault={fault} again={read} />}
      {crms === null && fault === null && <p className="faint">{w.watch.reading}</p>}
      {crms !== null && <CrmList crms={crms} />}
    </>
  );
}

export function CrmList({ crms }: { readonly crms: readonly Crm[] }): ReactNode {
  const { w } = useWords();
  if (crms.length === 0) return <p className="faint">{w.crms.none}</p>;
  return (
    <ul className="crm-list" aria-label={w.crms.title}>
      {crms.map((crm) => (
        <li key={crm.name}>
          <p>
            <CrmState crm={crm} />{' '}
            <a href={linkTo('crms', crm.name)}>
              <bdi>{crm.name}</bdi>
            </a>{' '}
            <span className="faint">{crm.adapter}</span>
          </p>
          <Backlog crm={crm} />
          <Trouble crm={crm} />
        </li>
      ))}
    </ul>
  );
}

/** Its colour, its shape and its word. */
export function CrmState({ crm }: { readonly crm: Crm }): ReactNode {
  const { w } = useWords();
  return (
    <>
      <Mark shape={SHAPES[crm.state]} /> <span>{w.crms.states[crm.state]}</span>
    </>
  );
}

/** What waits, until when, and when something flowed last. */
export function Backlog({ crm }: { readonly crm: Crm }): ReactNode {
  const { w, locale } = useWords();
  const { waiting, endsAt, movedAt, dead } = crm.flow;
  const number = new Intl.NumberFormat(locale);
  return (
    <p className="faint figures">
      {waiting === 0 ? w.crms.noBacklog : w.crms.backlog(number.format(waiting))}
      {waiting > 0 && endsAt !== null && ` · ${w.crms.endsAt(new Date(endsAt).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' }))}`}
      {movedAt !== null && (
        <>
          {' · '}
          <When at={movedAt} words={w.crms.moved} />
        </>
      )}
      {dead > 0 && (
        <>
          {' · '}
          <a href={linkTo('letters')}>{w.crms.dead(number.format(dead))}</a>
        </>
      )}
    </p>
  );
}

/** In the server's words. */
export function Trouble({ crm }: { readonly crm: Crm }): ReactNode {
  const { w } = useWords();
  if (crm.trouble === null) return null;
  return (
    <p>
      <Mark shape="warning" /> {crm.state === 'FAILED' ? w.crms.failedMeans : w.crms.waitingMeans}{' '}
      <bdi className="faint" lang="en">
        {crm.trouble}
      </bdi>
    </p>
  );
}
