import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeskFault } from '../src/client/faults';
import type { Rest, Session } from '../src/client/rest';
import type { AllRetried, Health, HealthLine, Letter, LetterPage, Retried } from '../src/client/system';
import type { TeamFeed } from '../src/client/team';
import { visitorOf, VisitorContext } from '../src/features/office/visitor';
import { HealthReport } from '../src/features/system/health-page';
import { Letters } from '../src/features/system/letters';
import { LetterList } from '../src/features/system/letters-page';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { zh } from '../src/i18n/zh';

function letter(id: number): Letter {
  return {
    id,
    kind: 'fetch-recording',
    key: `r-${id}`,
    attempts: 3,
    reason: 'Refused: no such file',
    behind: 1,
    createdAt: '2026-11-26T08:00:00Z',
    diedAt: '2026-11-26T09:00:00Z',
    payload: '{"note":"•••"}',
    inDoubt: true,
    history: [{ attempt: 3, at: '2026-11-26T09:00:00Z', inDoubt: true, reason: 'Refused: no such file' }],
  };
}

/** Has these letters, and retries those that are there. */
class HandLetters {
  readonly #pages: LetterPage[];
  readonly asked: (string | null)[] = [];
  readonly retried: number[][] = [];
  fault: DeskFault | null = null;
  gone: readonly number[] = [];

  constructor(...pages: LetterPage[]) {
    this.#pages = pages;
  }

  readonly kinds: string[] = [];
  /** What is left after each request that tries all of a kind again. */
  left: number[] = [];

  async retryAll(kind: string): Promise<AllRetried> {
    if (this.fault !== null) throw this.fault;
    this.kinds.push(`all ${kind}`);
    return { retried: 2, left: this.left.shift() ?? 0 };
  }

  async letters(cursor: string | null, _limit: number | undefined, kind: string): Promise<LetterPage> {
    if (this.fault !== null) throw this.fault;
    this.kinds.push(kind);
    this.asked.push(cursor);
    return this.#pages[cursor === null ? 0 : 1]!;
  }

  async retry(ids: readonly number[]): Promise<Retried> {
    if (this.fault !== null) throw this.fault;
    this.retried.push([...ids]);
    return { retried: ids.filter((id) => !this.gone.includes(id)), gone: ids.filter((id) => this.gone.includes(id)) };
  }

  async dismiss(): Promise<void> {
    if (this.fault !== null) throw this.fault;
  }
}

const session: Session = {
  user: { id: '1', username: 'admin', name: 'Admin' },
  permissions: ['SEE_SYSTEM', 'MANAGE_SYSTEM'],
} as unknown as Session;

function page(node: ReactNode, words: 'en' | 'zh' = 'en', permissions = session.permissions): string {
  const visitor = visitorOf({ ...session, permissions }, {} as Rest, {} as TeamFeed);
  return renderToStaticMarkup(
    <VisitorContext value={visitor}>
      <Speaking start={words}>{node}</Speaking>
    </VisitorContext>,
  );
}

const KINDS = [{ kind: 'crm:example', count: 2, oldestAt: '2026-11-26T09:00:00Z' }];
let source: HandLetters;
let letters: Letters;

beforeEach(() => {
  source = new HandLetters({ items: [letter(1), letter(2)], next: '2', count: 3, kinds: KINDS }, { items: [letter(3)], next: null, count: 3, kinds: KINDS });
  letters = new Letters(source);
});

describe('dead letters', () => {
  it('are read page after page and stand with reason, attempts, masked payload and history', async () => {
    await letters.reload();
    await letters.more();
    expect(letters.get().items?.map(({ id }) => id)).toEqual([1, 2, 3]);
    const shown = page(<LetterList letters={letters} />);
    expect(shown).toContain('Fetch a recording from its switch');
    expect(shown).toContain('Refused: no such file');
    expect(shown).toContain('3 attempts');
    expect(shown).toContain('1 later one waits for it');
    expect(shown).toContain('{&quot;note&quot;:&quot;•••&quot;}');
    expect(shown).toContain('outcome unknown');
    expect(shown).toContain('3 of 3 shown');
  });

  it('are chosen, and tried again together; those that were dealt with before are told', async () => {
    await letters.reload();
    letters.choose([1, 2], true);
    source.gone = [2];
    await letters.retry([...letters.get().chosen]);
    expect(source.retried).toEqual([[1, 2]]);
    expect(letters.get()).toMatchObject({ items: [], count: 1, done: { retried: 1, gone: 1 } });
    expect([...letters.get().chosen]).toEqual([]);
    expect(page(<LetterList letters={letters} />)).toContain('1 is tried again. 1 had been dealt with before.');
  });

  it('of one kind of work are shown alone, and all of them tried again whether they were read or not', async () => {
    await letters.reload();
    expect(page(<LetterList letters={letters} />)).toContain('Bring a record to: example (2)');
    await letters.only('crm:example');
    expect(page(<LetterList letters={letters} />)).toContain('Try all 3 of this kind again');
    source.left = [5, 0];
    await letters.retryAll();
    expect(source.kinds).toEqual(['', 'crm:example', 'all crm:example', 'all crm:example', 'crm:example']);
    expect(letters.get().done).toEqual({ retried: 4, gone: 0 });
  });

  it('more than the server takes at once are sent in parts', async () => {
    await letters.retry(Array.from({ length: 450 }, (_, id) => id));
    expect(source.retried.map((ids) => ids.length)).toEqual([200, 200, 50]);
  });

  it('stay where they are when the server is away, with the reason', async () => {
    await letters.reload();
    source.fault = new DeskFault('desk:link-down', 'away');
    expect(await letters.retry([1])).toBe(false);
    await letters.reload();
    expect(letters.get().items).toHaveLength(2);
    expect(page(<LetterList letters={letters} />)).toContain(en.office.linkDownDo);
  });

  it('one that was closed is gone, also when somebody else was first', async () => {
    await letters.reload();
    source.fault = new DeskFault('/problems/not-found', 'gone');
    expect(await letters.dismiss(2)).toBe(true);
    expect(letters.get().items?.map(({ id }) => id)).toEqual([1]);
    expect(letters.get().count).toBe(2);
  });

  it('cannot be tried again by who may only look, and the button says so', async () => {
    await letters.reload();
    const shown = page(<LetterList letters={letters} />, 'en', ['SEE_SYSTEM']);
    expect(shown).toContain(en.letters.mayNot);
  });

  it('are none, in words', async () => {
    letters = new Letters(new HandLetters({ items: [], next: null, count: 0, kinds: [] }));
    await letters.reload();
    expect(page(<LetterList letters={letters} />, 'zh')).toContain(zh.letters.none);
  });
});

const FIGURES: Health['figures'] = {
  callsLive: 3,
  messagesWaiting: 0,
  work: 2,
  oldestWork: '2026-11-26T08:00:00Z',
  deadLetters: 1,
  recordingsWaiting: 4,
  recordingAlarms: 0,
  auditWaiting: 0,
  diskFree: 5 * 2 ** 30,
  clocks: [{ switchId: 'pbx', aheadMillis: -1200 }],
};

function report(lines: readonly HealthLine[], words: 'en' | 'zh' = 'en', fault: DeskFault | null = null): string {
  const worst = lines.some(({ state }) => state === 'DOWN') ? 'DOWN' : lines.some(({ state }) => state === 'WARN') ? 'WARN' : 'UP';
  const seen = { health: { state: worst, lines, figures: FIGURES } as Health, at: Date.parse('2026-11-26T08:02:05Z') };
  return page(<HealthReport seen={seen} fault={fault} look={async () => {}} />, words);
}

describe('health', () => {
  it('says in words what stands, and the figures beside it', () => {
    const shown = report([{ name: 'database', state: 'UP', detail: null }, { name: 'switch:pbx', state: 'UP', detail: null }]);
    expect(shown).toContain('All is well.');
    expect(shown).toContain('It answers.');
    expect(shown).toContain('1,200 ms behind');
    expect(shown).toContain('2:05');
    expect(shown).toContain('5 GB');
  });

  it('says what is wrong, what to do and where to go, in the language of the page', () => {
    const lines: HealthLine[] = [
      { name: 'database', state: 'DOWN', detail: 'connection refused' },
      { name: 'clock:pbx', state: 'WARN', detail: '2300 ms' },
      { name: 'work', state: 'WARN', detail: '1 dead letters' },
    ];
    const shown = report(lines, 'zh');
    expect(shown).toContain(zh.health.someDown);
    expect(shown).toContain(zh.health.todo.database);
    expect(shown).toContain(zh.health.todo.clock);
    expect(shown).toContain('connection refused');
    expect(shown).toContain('href="#/letters"');
  });

  it('a part of a newer server stands by its name', () => {
    expect(report([{ name: 'moon', state: 'WARN', detail: 'It is full.' }])).toContain('It is full.');
  });

  it('what was seen last stands while the server is away', () => {
    const shown = report([{ name: 'disk', state: 'UP', detail: null }], 'en', new DeskFault('desk:link-down', 'away'));
    expect(shown).toContain(en.office.linkDownDo);
    expect(shown).toContain('There is room.');
  });
});
