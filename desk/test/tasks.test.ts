import { beforeEach, describe, expect, it } from 'vitest';
import { DeskFault } from '../src/client/faults';
import type { TaskApi, TaskPage, TaskView } from '../src/client/tasks';
import { chosenTime, fieldTime, laterThan } from '../src/features/tasks/later';
import { TaskList } from '../src/features/tasks/task-list';
import type { TaskLoad } from '../src/generated/wire';
import { HandTimers, settle } from './hand-timers';

const NONE: TaskLoad = { open: 0, due: 0, latest: null, version: '' };

let timers: HandTimers;
let asked: TaskView[];
let open: number;
let refuse: DeskFault | null;
let list: TaskList;

function page(count: number): TaskPage {
  return { items: [], next: null, count, due: 0 };
}

beforeEach(() => {
  timers = new HandTimers();
  asked = [];
  open = 0;
  refuse = null;
  const api = {
    list: async (view: TaskView): Promise<TaskPage> => {
      asked.push(view);
      if (refuse !== null) throw refuse;
      return page(open);
    },
  };
  list = new TaskList(api as unknown as TaskApi, timers);
});

describe('the list of call-backs', () => {
  it('is read once when it appears, and never again while nothing changes', async () => {
    list.owed(NONE);
    await timers.pass(600_000);
    expect(asked).toEqual(['queues']);
  });

  it('is read again a moment after the server says that it is another one, once for many words', async () => {
    list.owed(NONE);
    await settle();
    open = 2;
    list.owed({ ...NONE, open: 1 });
    list.owed({ ...NONE, open: 2 });
    expect(asked).toHaveLength(1);
    await timers.pass(4_000);
    expect(asked).toHaveLength(2);
    expect(list.get().page?.count).toBe(2);
  });

  it('is read again when a task was put off that leaves the counts as they were', async () => {
    list.owed({ ...NONE, open: 1, version: 'a' });
    await settle();
    list.owed({ ...NONE, open: 1, version: 'b' });
    await timers.pass(4_000);
    expect(asked).toHaveLength(2);
  });

  it('is read at once after something was done, also when it was refused', async () => {
    list.owed(NONE);
    await settle();
    expect(await list.act(async () => {})).toBeNull();
    const fault = await list.act(async () => {
      throw new DeskFault('/problems/refused', 'Somebody else has taken this task.');
    });
    expect(fault?.message).toContain('Somebody else');
    expect(asked).toHaveLength(3);
  });

  it('of all queues is looked at again, because nobody tells of those of others', async () => {
    list.owed(NONE);
    list.show('open');
    await timers.pass(61_000);
    expect(asked.slice(-3)).toEqual(['open', 'open', 'open']);
    list.stop();
    await timers.pass(61_000);
    expect(asked).toHaveLength(4);
  });

  it('keeps what it showed when it cannot be read, and says so', async () => {
    open = 3;
    list.owed(NONE);
    await settle();
    refuse = new DeskFault('desk:link-down', '');
    await list.read();
    expect(list.get()).toMatchObject({ failed: true, page: { count: 3 } });
    refuse = null;
    await list.read();
    expect(list.get().failed).toBe(false);
  });
});

describe('later', () => {
  const at = (text: string): number => new Date(text).getTime();

  it('is in an hour, in the afternoon while that is to come, or tomorrow morning', () => {
    expect(laterThan(at('2026-11-26T10:20:00'))).toEqual([
      { code: 'hour', at: at('2026-11-26T11:20:00') },
      { code: 'afternoon', at: at('2026-11-26T14:00:00') },
      { code: 'tomorrow', at: at('2026-11-27T09:00:00') },
    ]);
    expect(laterThan(at('2026-12-31T18:00:00')).map(({ code }) => code)).toEqual(['hour', 'tomorrow']);
    expect(laterThan(at('2026-12-31T18:00:00'))[1]?.at).toBe(at('2027-01-01T09:00:00'));
  });

  it('is any other time by its date, but not what is past or too far away', () => {
    const now = at('2026-11-26T10:20:30');
    expect(fieldTime(now)).toBe('2026-11-26T10:20');
    expect(chosenTime('2026-11-28T08:05', now)).toBe(at('2026-11-28T08:05:00'));
    for (const wrong of ['', 'x', '2026-11-26T10:20', '2027-02-01T00:00']) expect(chosenTime(wrong, now)).toBeNull();
  });
});
