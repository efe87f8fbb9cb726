import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { realTimers } from '../../client/timers';
import { type Rules, TrunkApi, USUAL } from '../../client/trunks';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { PageFault } from '../office/page-fault';
import { useVisitor } from '../office/visitor';
import { TryNumber } from '../numbers/try-number';
import { Differences } from './differences';
import { History } from './history';
import { RulesForm } from './rules-form';
import { TrunkList } from './trunk-list';
import { TrunkRules, type TrunkView } from './trunk-rules';

/** How each trunk's numbers are read: looked at, tried, changed, taken back. */
export function TrunksPage({ of }: { readonly of: string | null }): ReactNode {
  const { w } = useWords();
  const { session, rest, drafts } = useVisitor();
  const [api] = useState(() => new TrunkApi(rest));
  const [model] = useState(() => new TrunkRules(api, drafts, realTimers));
  const view = useSyncExternalStore(model.subscribe, model.get, model.get);
  const name = of ?? USUAL;
  useEffect(() => void model.open(name), [model, name]);
  const may = session.permissions.includes('MANAGE_SYSTEM');
  const { rules, kept } = view;
  return (
    <section className="page page-wide">
      <header className="page-head">
        <h1>{w.trunks.title}</h1>
        <p className="page-text">{w.trunks.text}</p>
      </header>
      {view.trunks !== null && <TrunkList trunks={view.trunks} name={view.name} mayAdd={may} />}
      {view.fault !== null && <PageFault fault={view.fault} again={() => model.open(name)} />}
      {view.trunks === null && view.fault === null && <p className="faint">{w.watch.reading}</p>}
      {rules !== null && kept !== null && view.name === name && (
        <div className="trunk">
          <div className="trunk-rules">
            {view.version === 0 && <p className="faint">{name === USUAL ? w.trunks.usualUnwritten : w.trunks.none}</p>}
            <RulesForm key={name} rules={rules} wrong={view.wrong ?? []} edit={(changed) => model.edit(changed)} />
            <Pending view={view} kept={kept} rules={rules} may={may} model={model} />
          </div>
          <aside className="trunk-side">
            <TryNumber api={api} rules={rules} sound={view.wrong?.length === 0} changed={view.changed} />
            <History
              history={view.history}
              older={view.older !== null}
              more={() => model.olderHistory()}
              again={(past) => (past === null ? model.remove() : model.edit(past))}
              reason={may ? null : w.trunks.mayNot}
            />
          </aside>
        </div>
      )}
    </section>
  );
}

interface PendingProps {
  readonly view: TrunkView;
  readonly kept: Rules;
  readonly rules: Rules;
  readonly may: boolean;
  readonly model: TrunkRules;
}

/** What is changed and not in force yet, and what can be done about it. */
function Pending({ view, kept, rules, may, model }: PendingProps): ReactNode {
  const { w } = useWords();
  const { wrong, changed, saved } = view;
  const reason = !may ? w.trunks.mayNot : !changed ? w.trunks.nothingChanged : wrong === null ? w.trunks.checking : wrong.length > 0 ? w.trunks.wrongFirst(wrong.length) : null;
  return (
    <div className="pending" role="region" aria-label={w.trunks.pending}>
      {changed && (
        <>
          <h2>{w.trunks.pending}</h2>
          <Differences before={kept} after={rules} />
        </>
      )}
      <p role="status" className={wrong !== null && wrong.length > 0 ? 'panel-wrong' : 'faint'}>
        {saved && !changed ? w.trunks.saved : changed && wrong !== null && wrong.length > 0 ? w.trunks.wrongFirst(wrong.length) : ''}
      </p>
      <div className="row">
        <Action label={w.trunks.save} look="accent" reason={reason} hint={w.trunks.saveMeans} run={() => model.save()} />
        {changed && <Action label={w.trunks.discard} look="quiet" run={() => model.discard()} />}
        {!changed && view.version > 0 && (
          <Action label={w.trunks.remove} look="quiet" hint={w.trunks.removeMeans} reason={may ? null : w.trunks.mayNot} run={() => model.remove()} />
        )}
      </div>
    </div>
  );
}
