import { Segmented } from 'antd';
import { type ReactNode, useCallback, useEffect, useState } from 'react';
import { asFault } from '../../client/faults';
import { type Task, TaskApi, type TaskPage } from '../../client/tasks';
import { groupNumber } from '../../format/number';
import { ago, clock } from '../../format/time';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { Action } from '../../ui/action';
import { useDesk, useServerNow, useView } from '../../ui/desk-context';

type View = 'mine' | 'queues' | 'open';

/** Others take tasks too: the list is read again so often. */
const REFRESH = 30_000;

/** Whom to call back; shown while no call is there. */
export function Tasks(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const [view, setView] = useState<View>('queues');
  const { page, trouble, load } = useTasks(view);
  if (!desk.session.permissions.includes('WORK_TASKS')) return null;
  const act = async (task: Task, what: 'take' | 'give-back' | 'done'): Promise<void> => {
    try {
      await new TaskApi(desk.rest).act(task.id, what);
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
    load();
  };
  return (
    <section className="tasks">
      <h2>
        {w.tasks.title} {page !== null && page.count > 0 && <span className="figures faint">{w.tasks.count(page.count, page.due)}</span>}
      </h2>
      <Segmented<View>
        size="small"
        value={view}
        onChange={setView}
        options={(['queues', 'mine', 'open'] as const).map((value) => ({ value, label: w.tasks.views[value] }))}
      />
      {trouble !== null && (
        <p className="faint" role="status">
          {trouble} <Action label={w.timeline.again} look="quiet" run={load} />
        </p>
      )}
      {page !== null && page.items.length === 0 && <p className="faint">{w.tasks.none}</p>}
      <ul className="task-list">{page?.items.map((task) => <Line key={task.id} task={task} act={act} />)}</ul>
    </section>
  );
}

interface LineProps {
  readonly task: Task;
  readonly act: (task: Task, what: 'take' | 'give-back' | 'done') => Promise<void>;
}

function Line({ task, act }: LineProps): ReactNode {
  const { w, home, locale } = useWords();
  const desk = useDesk();
  const now = useServerNow();
  const late = Date.parse(task.dueAt) <= now;
  const number = task.number;
  const copy = (): void => {
    if (number !== null) void navigator.clipboard?.writeText(number).catch(() => {});
  };
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
        {number !== null && <Action label={w.tasks.copy} look="quiet" run={copy} />}
      </span>
      <span className="faint figures task-why">
        {[
          word(w.tasks.reason, task.reason),
          ago(task.lastAt, now, locale),
          w.tasks.attempts(task.attempts),
          late ? w.tasks.late(clock(task.dueAt, locale)) : w.tasks.due(clock(task.dueAt, locale)),
          task.takenBy === null || task.mine ? '' : w.tasks.takenBy(task.takenBy),
        ]
          .filter((part) => part !== '')
          .join(' · ')}
      </span>
      <span className="task-acts">
        {task.takenBy === null && <Action label={w.tasks.take} run={() => act(task, 'take')} />}
        {task.mine && <Action label={w.tasks.done} run={() => act(task, 'done')} />}
        {task.mine && <Action label={w.tasks.giveBack} look="quiet" run={() => act(task, 'give-back')} />}
      </span>
    </li>
  );
}

function useTasks(view: View): { readonly page: TaskPage | null; readonly trouble: string | null; readonly load: () => void } {
  const { w } = useWords();
  const { rest } = useDesk();
  const [page, setPage] = useState<TaskPage | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const load = useCallback(() => {
    new TaskApi(rest).list(view).then(
      (read) => (setPage(read), setTrouble(null)),
      () => setTrouble(w.tasks.failed),
    );
  }, [rest, view, w]);
  useEffect(() => {
    load();
    const timer = setInterval(load, REFRESH);
    return () => clearInterval(timer);
  }, [load]);
  return { page, trouble, load };
}

/** How many call-backs wait, for the rail. */
export function TaskBadge(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const calls = useView((view) => view.calls.length);
  const [count, setCount] = useState({ count: 0, due: 0 });
  const may = desk.session.permissions.includes('WORK_TASKS');
  useEffect(() => {
    if (!may) return;
    const load = (): void => void new TaskApi(desk.rest).count().then(setCount, () => {});
    load();
    const timer = setInterval(load, REFRESH);
    return () => clearInterval(timer);
  }, [desk, may, calls]);
  if (!may || count.count === 0) return null;
  return (
    <p className={count.due > 0 ? 'task-badge task-badge-due' : 'task-badge'} role="status">
      {w.tasks.count(count.count, count.due)}
    </p>
  );
}
