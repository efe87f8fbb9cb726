import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { asFault, type DeskFault } from '../../client/faults';
import type { TeamApi } from '../../client/team';
import { duration } from '../../format/time';
import type { AgentLine, QueueLine } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { faultWords } from '../../ui/fault-words';
import { Mark, shapeOf } from '../../ui/mark';
import { Calls } from './past-calls';
import { Figure } from './queues';

interface AgentsProps {
  readonly agents: readonly AgentLine[];
  readonly queues: readonly QueueLine[];
  readonly now: number;
  readonly api: TeamApi;
  readonly mayLead: string | null;
}

/** Everybody of the team, with what can be ordered. */
export function Agents(props: AgentsProps): ReactNode {
  const { agents, queues } = props;
  const { w } = useWords();
  const [text, setText] = useState('');
  const words = text.trim().toLowerCase();
  const labels = new Map(queues.map(({ queue, label }) => [queue, label]));
  const shown = agents.filter((agent) =>
    [agent.name, agent.user, word(w.state, agent.state), ...agent.queues.map((queue) => labels.get(queue) ?? queue)].join(' ').toLowerCase().includes(words),
  );
  return (
    <section aria-labelledby="team-agents">
      <h2 id="team-agents">{w.team.agents(agents.length)}</h2>
      {agents.length > 6 && <Input value={text} onChange={(event) => setText(event.target.value)} placeholder={w.team.find} aria-label={w.team.find} allowClear />}
      {agents.length === 0 && <p className="faint">{w.team.noAgents}</p>}
      {agents.length > 0 && shown.length === 0 && <p className="faint">{w.watch.nothingLike}</p>}
      <ul className="team-list">
        {shown.map((agent) => (
          <Agent key={agent.agentId} agent={agent} {...props} />
        ))}
      </ul>
    </section>
  );
}

function Agent({ agent, queues, now, api, mayLead }: AgentsProps & { readonly agent: AgentLine }): ReactNode {
  const { w } = useWords();
  const { day } = agent;
  const away = agent.state !== 'OFFLINE' && !agent.deskOpen ? w.team.deskClosed : null;
  return (
    <li>
      <p className="team-name">
        <strong>
          <bdi>{agent.name}</bdi>
        </strong>
        <span className="team-state">
          <Mark shape={shapeOf(agent.state)} /> {word(w.state, agent.state)}
          {agent.state !== 'OFFLINE' && <span className="figures team-time">{duration(now - Date.parse(agent.since))}</span>}
        </span>
        {agent.reason !== null && <span className="faint">{word(w.team.reason, agent.reason)}</span>}
        {agent.talkingTo !== null && <bdi className="figures">{agent.talkingTo}</bdi>}
        {away !== null && <span className="team-waits">{away}</span>}
      </p>
      <dl className="team-day">
        <Figure name={w.team.offered} value={String(day.offered)} />
        <Figure name={w.team.answered} value={String(day.answered)} />
        <Figure name={w.team.notTaken} value={String(day.missed)} />
        <Figure name={w.team.talkSum} value={duration(day.talkMillis)} />
        <Figure name={w.team.wrapUpSum} value={duration(day.wrapUpMillis)} />
      </dl>
      <details className="team-calls">
        <summary aria-label={w.team.changeOf(agent.name)}>{w.team.change}</summary>
        <Orders agent={agent} queues={queues} api={api} mayLead={mayLead} />
      </details>
      <Calls load={() => api.calls({ agent: agent.agentId })} of={agent.name} />
    </li>
  );
}

type OrdersProps = Pick<AgentsProps, 'queues' | 'api' | 'mayLead'> & { readonly agent: AgentLine };

function Orders({ agent, queues, api, mayLead }: OrdersProps): ReactNode {
  const { w } = useWords();
  const [fault, setFault] = useState<DeskFault | null>(null);
  const order = (work: () => Promise<void>) => async (): Promise<void> => {
    setFault(null);
    await work().catch((error: unknown) => setFault(asFault(error)));
  };
  const busy = agent.state !== 'OFFLINE' && agent.state !== 'READY' && agent.state !== 'NOT_READY';
  const serve = (queue: string, serves: boolean): Promise<void> =>
    order(() => api.serve(agent.agentId, serves ? [...agent.queues, queue] : agent.queues.filter((other) => other !== queue)))();
  return (
    <div className="team-orders">
      <div className="row">
        <Action label={w.team.ready} reason={mayLead ?? (agent.deskOpen ? (agent.state === 'READY' ? w.team.isSo : null) : w.team.deskClosed)} run={order(() => api.state(agent.agentId, 'READY'))} />
        <Action label={busy ? w.team.breakNext : w.team.notReady} reason={mayLead ?? (agent.state === 'NOT_READY' ? w.team.isSo : null)} run={order(() => api.state(agent.agentId, 'NOT_READY'))} />
        <Action label={w.team.signOut} reason={mayLead ?? (agent.state === 'OFFLINE' ? w.team.isSo : null)} run={order(() => api.state(agent.agentId, 'OFFLINE'))} />
        {busy && <Action label={w.team.release} look="danger" hint={w.team.releaseMeans} reason={mayLead} run={order(() => api.release(agent.agentId))} />}
      </div>
      <fieldset className="team-serves" disabled={mayLead !== null}>
        <legend>{w.team.serves}</legend>
        {queues.map(({ queue, label }) => (
          <label key={queue} className="tick">
            <input type="checkbox" checked={agent.queues.includes(queue)} onChange={(event) => void serve(queue, event.target.checked)} />
            <bdi>{label}</bdi>
          </label>
        ))}
      </fieldset>
      {fault !== null && (
        <p className="panel-wrong" role="alert">
          {faultWords(fault, w)}
        </p>
      )}
    </div>
  );
}
