import { Segmented } from 'antd';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { type Task, TaskApi, type TaskView } from '../../client/tasks';
import { realTimers } from '../../client/timers';
import { groupNumber } from '../../format/number';
import { ago, exact, moment } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { useDesk, useServerNow, useView } from '../../ui/desk-context';
import { DialAction } from '../dial/dial';
import { Player } from '../timeline/player';
import { PutOff } from './put-off';
import { TaskList } from './task-list';

type Act = (work: (api: TaskApi) => Promise<void>) => Promise<void>;

/** Whom to call back; shown while no call is there. */
export function Tasks(): ReactNode {
  const { session } = useDesk();
  return session.permissions.includes('WORK_TASKS') ? <Owed /> : null;
}

function Owed(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const load = useView((view) => view.tasks);
  const [list] = useState(() => new TaskList(new TaskApi(desk.rest), realTimers));
  const { view, page, failed } = useSyncExternalStore(list.subscribe, list.get);
  useEffect(() => list.owed(load), [list, load]);
  useEffect(() => () => list.stop(), [list]);
  const act: Act = async (work) => {
    const fault = await list.act(work);
    if (fault !== null) desk.toasts.fault(fault);
  };
  return (
    <section className="tasks">
      <h2>
        {w.tasks.title} {page !== null && page.count > 0 && <span className="figures faint">{page.count}</span>}
      </h2>
      <Segmented<TaskView>
        size="small"
        value={view}
        onChange={(value) => list.show(value)}
        options={(['queues', 'mine', 'open'] as const).map((value) => ({ value, label: w.tasks.views[value] }))}
      />
      {failed && (
        <p className="faint" role="status">
          {w.tasks.failed} <Action label={w.timeline.again} look="quiet" run={() => list.read()} />
        </p>
      )}
      {page !== null && page.items.length === 0 && <p className="faint">{w.tasks.none}</p>}
      <ul className="task-list">{page?.items.map((task) => <Line key={task.id} task={task} act={act} />)}</ul>
    </section>
  );
}

interface LineProps {
  readonly task: Task;
  readonly act: Act;
}

function Line({ task, act }: LineProps): ReactNode {
  const { w, home } = useWords();
  const desk = useDesk();
  const [later, setLater] = useState(false);
  const late = Date.parse(task.dueAt) <= useServerNow();
  const number = task.number;
  const copy = (): void => {
    if (number !== null) void navigator.clipboard?.writeText(number).catch(() => {});
  };
  const mayAct = task.mine || task.takenBy === null;
  return (
    <li className={late ? 'task task-due' : 'task'}>
      <span className="task-who">
        {task.customerId === null ? (
          <bdi className="strong figures">{number === null ? w.caller.withheld : groupNumber(number, home)}</bdi>
        ) : (
          <button type="button" className="link strong" onClick={() => desk.panel.file(String(task.customerId))}>
            <bdi>{task.customer}</bdi>
          </button>
        )}
        {task.customerId !== null && number !== null && <bdi className="figures">{groupNumber(number, home)}</bdi>}
        {number !== null && <DialAction number={number} queue={task.queue} label={w.dial.callBack} />}
        {number !== null && <Action label={w.tasks.copy} look="quiet" run={copy} />}
      </span>
      <Why task={task} late={late} />
      {task.message !== null && <Player recordingId={task.message} of={task.customer ?? task.number ?? w.caller.withheld} />}
      <span className="task-acts">
        {task.takenBy === null && <Action label={w.tasks.take} run={() => act((api) => api.act(task.id, 'take'))} />}
        {task.mine && <Action label={w.tasks.done} run={() => act((api) => api.act(task.id, 'done'))} />}
        {mayAct && !later && <Action label={w.tasks.laterOpen} look="quiet" run={() => setLater(true)} />}
        {task.mine && <Action label={w.tasks.giveBack} look="quiet" run={() => act((api) => api.act(task.id, 'give-back'))} />}
      </span>
      {later && (
        <PutOff
          to={async (at) => {
            await act((api) => api.postpone(task.id, at));
            setLater(false);
          }}
          leave={() => setLater(false)}
        />
      )}
    </li>
  );
}

function Why({ task, late }: { readonly task: Task; readonly late: boolean }): ReactNode {
  const { w, locale } = useWords();
  const now = useServerNow();
  const due = moment(task.dueAt, now, locale);
  const facts = [
    word(w.tasks.reason, task.reason),
    ago(task.lastAt, now, locale),
    w.tasks.attempts(task.attempts),
    task.lastTry === null ? '' : w.tasks.tries(task.tries, word(w.dial.state, task.lastTry)),
    late ? w.tasks.late(due) : w.tasks.due(due),
    task.takenBy === null || task.mine ? '' : w.tasks.takenBy(task.takenBy),
  ];
  return (
    <span className="faint figures task-why" title={exact(task.dueAt, locale)}>
      {facts.filter((part) => part !== '').join(' · ')}
    </span>
  );
}

/** How many call-backs wait, for the rail; told by the server when it changes. */
export function TaskBadge(): ReactNode {
  const { w } = useWords();
  const { session } = useDesk();
  const { open, due } = useView((view) => view.tasks);
  if (!session.permissions.includes('WORK_TASKS') || open === 0) return null;
  return (
    <p className={due > 0 ? 'task-badge task-badge-due' : 'task-badge'} role="status">
      {w.tasks.count(open, due)}
    </p>
  );
}
