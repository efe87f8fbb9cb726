import { type ReactNode, useEffect, useState } from 'react';
import { type DeskFault, LINK_DOWN } from '../../client/faults';
import { TeamApi } from '../../client/team';
import { clock } from '../../format/time';
import type { TeamView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { useNow } from '../../ui/desk-context';
import { Trouble } from '../../ui/trouble';
import { PageFault } from '../office/page-fault';
import { useVisitor } from '../office/visitor';
import { Agents } from './agents';
import { Queues } from './queues';
import { WaitingCalls } from './waiting-calls';

interface Shown {
  readonly view: TeamView;
  /** The server's clock minus this computer's. */
  readonly offset: number;
}

/** Who is in what state, who waits, and how the day goes. */
export function TeamPage(): ReactNode {
  const { w, locale } = useWords();
  const { rest, team, session } = useVisitor();
  const [api] = useState(() => new TeamApi(rest));
  const [shown, setShown] = useState<Shown | null>(null);
  const [fault, setFault] = useState<DeskFault | null>(null);
  const [tries, setTries] = useState(0);
  const here = useNow();
  useEffect(
    () =>
      team.watch(
        (view) => {
          setShown({ view, offset: Date.parse(view.at) - Date.now() });
          setFault(null);
        },
        setFault,
      ),
    [team, tries],
  );
  const mayLead = session.permissions.includes('LEAD_TEAM') ? null : w.team.mayNot;
  return (
    <section className="page page-wide team">
      <header className="page-head">
        <h1>{w.team.title}</h1>
        <p className="page-text">{shown === null ? w.team.text : w.team.since(clock(shown.view.since, locale))}</p>
      </header>
      {fault !== null && shown === null && <PageFault fault={fault} again={() => setTries(tries + 1)} />}
      {fault !== null && shown !== null && (
        <Trouble what={fault.type === LINK_DOWN ? w.team.linkDown : w.office.failed} then={w.team.old(clock(Date.parse(shown.view.at), locale))} />
      )}
      {shown === null && fault === null && <p className="faint">{w.watch.reading}</p>}
      {shown !== null && <Board view={shown.view} now={here + shown.offset} api={api} mayLead={mayLead} />}
    </section>
  );
}

interface BoardProps {
  readonly view: TeamView;
  /** By the server's clock. */
  readonly now: number;
  readonly api: TeamApi;
  /** Why nothing can be ordered; null when it can. */
  readonly mayLead: string | null;
}

function Board({ view, now, api, mayLead }: BoardProps): ReactNode {
  const { w } = useWords();
  if (view.queues.length === 0 && view.agents.length === 0) return <p className="faint">{w.team.nothing}</p>;
  return (
    <>
      <Queues queues={view.queues} now={now} api={api} />
      <WaitingCalls calls={view.waiting} queues={view.queues} now={now} api={api} mayLead={mayLead} />
      <Agents agents={view.agents} queues={view.queues} now={now} api={api} mayLead={mayLead} />
    </>
  );
}
