import { describe, expect, it } from 'vitest';
import { DeskFault, LINK_DOWN, OUTCOME_UNKNOWN } from '../src/client/faults';
import { type Keep, NotesKeeper, TYPING_PAUSE } from '../src/features/notes/keeper';
import { merge } from '../src/features/notes/merge';
import { HandTimers, settle } from './hand-timers';
import { call } from './samples';

class Box implements Keep {
  readonly all = new Map<string, string>();
  getItem = (key: string): string | null => this.all.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.all.set(key, value);
  removeItem = (key: string): void => void this.all.delete(key);
  keys = (): string[] => [...this.all.keys()];
}

interface Sent {
  readonly text: string;
  readonly revision: number;
  readonly answer: (fault?: DeskFault) => void;
}

function desk(box = new Box()): { keeper: NotesKeeper; sent: Sent[]; timers: HandTimers; box: Box } {
  const sent: Sent[] = [];
  const timers = new HandTimers();
  const send = (_callId: string, text: string, revision: number): Promise<void> =>
    new Promise((done, failed) =>
      sent.push({ text, revision, answer: (fault) => (fault ? failed(fault) : done()) }),
    );
  return { keeper: new NotesKeeper('li', box, send, timers), sent, timers, box };
}

describe('the notes', () => {
  it('are sent once the agent pauses, with the revision they grew from', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call({ notes: 'a', notesRevision: 3 }));
    keeper.edit('call-1', 'ab');
    await timers.pass(TYPING_PAUSE - 1);
    keeper.edit('call-1', 'abc');
    await timers.pass(TYPING_PAUSE - 1);
    expect(sent).toHaveLength(0);
    await timers.pass(1);
    expect(sent).toMatchObject([{ text: 'abc', revision: 3 }]);
  });

  it('are sent every two seconds to somebody who never pauses', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call());
    for (let i = 1; i <= 30; i++) {
      keeper.edit('call-1', 'x'.repeat(i));
      await timers.pass(100);
    }
    expect(sent.length).toBe(1);
    expect(sent[0]?.text.length).toBeGreaterThan(15);
  });

  it('lie on this computer from the first character until the server has them', async () => {
    const { keeper, sent, timers, box } = desk();
    keeper.serverSaid(call());
    keeper.edit('call-1', 'hello');
    expect([...box.all.values()][0]).toContain('hello');
    await timers.pass(TYPING_PAUSE);
    expect(box.all.size).toBe(1);
    sent[0]?.answer();
    await settle();
    expect(box.all.size).toBe(1);
    keeper.serverSaid(call({ notes: 'hello', notesRevision: 1 }));
    expect(box.all.size).toBe(0);
    expect(keeper.get('call-1')).toMatchObject({ text: 'hello', status: 'saved' });
  });

  it('count as saved after the answer alone when the call is closed and shows nothing any more', async () => {
    const { keeper, sent, timers, box } = desk();
    keeper.serverSaid(call({ phase: 'DONE' }));
    keeper.edit('call-1', 'late');
    await timers.pass(TYPING_PAUSE);
    sent[0]?.answer();
    await timers.pass(2_000);
    expect(box.all.size).toBe(0);
    expect(keeper.get('call-1')?.status).toBe('saved');
    keeper.edit('call-1', 'later');
    await timers.pass(TYPING_PAUSE);
    expect(sent[1]).toMatchObject({ text: 'later', revision: 1 });
  });

  it('are sent again when the server said done but kept the newer text of another tab', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call());
    keeper.edit('call-1', 'mine');
    await timers.pass(TYPING_PAUSE);
    sent[0]?.answer();
    await settle();
    keeper.serverSaid(call({ notes: 'theirs', notesRevision: 1 }));
    expect(keeper.get('call-1')).toMatchObject({ text: 'mine\ntheirs', status: 'saving' });
    await timers.pass(TYPING_PAUSE);
    expect(sent[1]).toMatchObject({ text: 'mine\ntheirs', revision: 1 });
  });

  it('typed while an earlier text is on its way are sent after it, on the new revision', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call());
    keeper.edit('call-1', 'one');
    await timers.pass(TYPING_PAUSE);
    keeper.edit('call-1', 'one two');
    await timers.pass(5_000);
    expect(sent).toHaveLength(1);
    keeper.serverSaid(call({ notes: 'one', notesRevision: 1 }));
    sent[0]?.answer();
    await timers.pass(TYPING_PAUSE);
    expect(sent[1]).toMatchObject({ text: 'one two', revision: 1 });
  });

  it('are on the new revision whether the answer or the changed view comes first', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call());
    keeper.edit('call-1', 'one');
    await timers.pass(TYPING_PAUSE);
    sent[0]?.answer();
    await settle();
    keeper.serverSaid(call({ notes: 'one', notesRevision: 1 }));
    keeper.edit('call-1', 'one!');
    await timers.pass(TYPING_PAUSE);
    expect(sent[1]).toMatchObject({ text: 'one!', revision: 1 });
  });

  it('survive a refresh and are sent by the next page', async () => {
    const first = desk();
    first.keeper.serverSaid(call({ notes: 'a', notesRevision: 1 }));
    first.keeper.edit('call-1', 'a, never sent');
    const second = desk(first.box);
    second.keeper.serverSaid(call({ notes: 'a', notesRevision: 1 }));
    expect(second.keeper.get('call-1')?.text).toBe('a, never sent');
    await second.timers.pass(TYPING_PAUSE);
    expect(second.sent).toMatchObject([{ text: 'a, never sent', revision: 1 }]);
  });

  it('wait for the link, say that they do, and are sent when it is back', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call());
    keeper.edit('call-1', 'hello');
    await timers.pass(TYPING_PAUSE);
    sent[0]?.answer(new DeskFault(LINK_DOWN, 'down'));
    await settle();
    expect(keeper.get('call-1')?.status).toBe('local');
    keeper.flush();
    sent[1]?.answer();
    keeper.serverSaid(call({ notes: 'hello', notesRevision: 1 }));
    expect(keeper.get('call-1')?.status).toBe('saved');
  });

  it('whose answer was lost are recognised when the server shows them', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call({ notes: 'ab', notesRevision: 1 }));
    keeper.edit('call-1', 'a-b');
    await timers.pass(TYPING_PAUSE);
    sent[0]?.answer(new DeskFault(OUTCOME_UNKNOWN, 'lost'));
    await settle();
    keeper.edit('call-1', 'a-b-');
    keeper.serverSaid(call({ notes: 'a-b', notesRevision: 2 }));
    expect(keeper.get('call-1')?.text).toBe('a-b-');
    await timers.pass(TYPING_PAUSE);
    expect(sent.at(-1)).toMatchObject({ text: 'a-b-', revision: 2 });
  });

  it('of another tab are joined with mine', async () => {
    const { keeper, sent, timers } = desk();
    keeper.serverSaid(call({ notes: 'middle', notesRevision: 1 }));
    keeper.edit('call-1', 'middle mine');
    await timers.pass(TYPING_PAUSE);
    keeper.serverSaid(call({ notes: 'theirs middle', notesRevision: 2 }));
    sent[0]?.answer(new DeskFault('cordboard:refused', 'stale'));
    await timers.pass(TYPING_PAUSE);
    expect(sent[1]).toMatchObject({ text: 'theirs middle mine', revision: 2 });
  });

  it('of another tab are simply shown when nothing was typed here', () => {
    const { keeper } = desk();
    keeper.serverSaid(call({ notes: '', notesRevision: 0 }));
    keeper.serverSaid(call({ notes: 'theirs', notesRevision: 1 }));
    expect(keeper.get('call-1')).toMatchObject({ text: 'theirs', status: 'saved' });
  });

  it('of a call that is gone stay here until they are handed in or thrown away', async () => {
    const first = desk();
    first.keeper.serverSaid(call());
    first.keeper.edit('call-1', 'lost?');
    const second = desk(first.box);
    expect(second.keeper.stranded([])).toEqual([{ callId: 'call-1', text: 'lost?' }]);
    expect(second.keeper.stranded([call()])).toEqual([]);
    const rescued = second.keeper.rescue('call-1');
    second.sent[0]?.answer();
    await rescued;
    expect(second.keeper.stranded([])).toEqual([]);
  });
});

describe('joining two texts', () => {
  it.each([
    ['', 'mine', '', 'mine'],
    ['', '', 'theirs', 'theirs'],
    ['abc', 'Xabc', 'abcY', 'XabcY'],
    ['abc', 'abcY', 'Xabc', 'XabcY'],
    ['one two', 'one', 'zero one two', 'zero one'],
    ['', 'mine', 'theirs', 'mine\ntheirs'],
    ['', 'mine and more', 'mine', 'mine and more'],
    ['abc', 'aXc', 'aYc', 'aXc\nY'],
  ])('of %j: %j and %j make %j', (base, mine, theirs, both) => {
    expect(merge(base, mine, theirs)).toBe(both);
  });
});
