import { readFileSync } from 'node:fs';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeskFault } from '../src/client/faults';
import type { Which } from '../src/client/watch';
import { Dossier, type Listed } from '../src/features/watch/dossier';
import { DossierPage } from '../src/features/watch/dossier-page';
import { findingWords } from '../src/features/watch/findings';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { zh } from '../src/i18n/zh';
import { Drafts } from '../src/ui/drafts';
import { settle } from './hand-timers';

interface Thing {
  readonly id: string;
}

/** Answers when the test says so. */
class HandSource {
  readonly asked: { which: Which; cursor: string | null; answer: (page: Listed<Thing>) => void; fail: (fault: DeskFault) => void }[] = [];
  readonly closed: string[] = [];
  refuse: DeskFault | null = null;

  idOf = (thing: Thing): string => thing.id;

  read(which: Which, cursor: string | null): Promise<Listed<Thing>> {
    return new Promise((answer, fail) => this.asked.push({ which, cursor, answer, fail }));
  }

  async close(thing: Thing, measure: string): Promise<void> {
    if (this.refuse !== null) throw this.refuse;
    this.closed.push(`${thing.id}: ${measure}`);
  }
}

let source: HandSource;
let dossier: Dossier<Thing>;

function listed(ids: string, next: string | null = null, open = ids.length): Listed<Thing> {
  return { items: [...ids].map((id) => ({ id })), next, open };
}

async function answered(page: Listed<Thing>): Promise<void> {
  source.asked.at(-1)!.answer(page);
  await settle();
}

function shown(): string {
  return (dossier.get().items ?? []).map(({ id }) => id).join('');
}

beforeEach(() => {
  source = new HandSource();
  dossier = new Dossier(source);
});

describe('a list of what somebody should look at', () => {
  it('reads page after page, and nothing stands twice when something was raised meanwhile', async () => {
    void dossier.reload();
    await answered(listed('abc', 'c', 5));
    void dossier.more();
    expect(source.asked.at(-1)!.cursor).toBe('c');
    await answered(listed('cde', null, 5));
    expect(shown()).toBe('abcde');
    await dossier.more();
    expect(source.asked).toHaveLength(2);
  });

  it('shows only the answer to what was asked last', async () => {
    void dossier.reload();
    void dossier.show('done');
    await answered(listed('xy', null, 3));
    source.asked[0]!.answer(listed('abc'));
    await settle();
    expect(shown()).toBe('xy');
    expect(dossier.get().which).toBe('done');
  });

  it('takes what was dealt with out of the list, also when an older page comes late', async () => {
    void dossier.reload();
    await answered(listed('abc'));
    void dossier.reload();
    expect(await dossier.close({ id: 'b' }, 'Headset replaced')).toBeNull();
    await answered(listed('abc'));
    expect(shown()).toBe('ac');
    expect(dossier.get()).toMatchObject({ open: 2, reading: false });
    expect(source.closed).toEqual(['b: Headset replaced']);
  });

  it('reads again when somebody else was first, and says so', async () => {
    void dossier.reload();
    await answered(listed('ab'));
    source.refuse = new DeskFault('/problems/refused', 'Settled before.');
    const closing = dossier.close({ id: 'a' }, 'x');
    await settle();
    await answered(listed('b'));
    expect((await closing)?.message).toBe('Settled before.');
    expect(shown()).toBe('b');
  });

  it('keeps what stood there when it cannot be read again', async () => {
    void dossier.reload();
    await answered(listed('ab'));
    void dossier.reload();
    source.asked.at(-1)!.fail(new DeskFault('desk:link-down', ''));
    await settle();
    expect(shown()).toBe('ab');
    expect(dossier.get().fault?.type).toBe('desk:link-down');
    void dossier.reload();
    await answered(listed('abc'));
    expect(dossier.get().fault).toBeNull();
  });
});

function page(language: 'en' | 'zh', drafts = new Drafts('li', () => kept())): string {
  const line = (thing: Thing): ReactNode => <p>{thing.id}</p>;
  return renderToStaticMarkup(
    <Speaking start={language}>
      <DossierPage dossier={dossier} title="T" text="" none="All well." drafts={drafts} counted={() => {}} wordsOf={({ id }) => id} show={line} />
    </Speaking>,
  );
}

function kept(values: Record<string, string> = {}): Storage {
  return { getItem: (key: string) => values[key] ?? null, setItem: () => {}, removeItem: () => {} } as unknown as Storage;
}

describe('its page', () => {
  it('says that it reads, that nothing is there, and how many there are', async () => {
    void dossier.reload();
    expect(page('en')).toContain(en.watch.reading);
    expect(page('zh')).toContain(zh.watch.reading);
    await answered(listed(''));
    expect(page('en')).toContain('All well.');
    void dossier.reload();
    await answered(listed('ab', 'b', 7));
    expect(page('zh')).toContain(zh.watch.open(7));
    expect(page('en')).toContain(en.watch.more);
    expect(page('en')).toContain(en.watch.settle);
  });

  it('says what is wrong in three parts, and to whom a right is missing', async () => {
    void dossier.reload();
    source.asked.at(-1)!.fail(new DeskFault('/problems/unreachable', 'The database is away.'));
    await settle();
    expect(page('en')).toContain(en.office.failed);
    expect(page('en')).toContain(`The database is away. ${en.office.failedDo}`);
    void dossier.reload();
    source.asked.at(-1)!.fail(new DeskFault('/problems/forbidden', ''));
    await settle();
    expect(page('zh')).toContain(zh.office.forbidden);
  });

  it('walks by arrows from its first row, and offers nothing for what was dealt with', async () => {
    void dossier.show('done');
    await answered(listed('ab'));
    expect(page('en').match(/<li[^>]*tabindex="(-?\d)"/g)).toEqual([expect.stringContaining('"0"'), expect.stringContaining('"-1"')]);
    expect(page('en')).not.toContain(en.watch.settle);
  });

  it('offers to go on where something was typed', async () => {
    void dossier.reload();
    await answered(listed('a'));
    expect(page('en', new Drafts('li', () => kept({ 'cordboard.draft.li.a': 'Half' })))).toContain(en.watch.goOn);
  });
});

describe('a finding', () => {
  it('is put into words in both languages, seconds for milliseconds', () => {
    expect(findingWords({ code: 'TALK_MISSING', detail: '5000' }, en)).toBe('5.0 s of the talk are missing.');
    expect(findingWords({ code: 'HEARS_SILENT', detail: '' }, zh)).toBe(zh.alarms.finding.HEARS_SILENT);
  });

  it('of every kind that the server knows has words and advice', () => {
    const java = readFileSync('../core/src/main/java/io/cordboard/core/call/recording/Alarm.java', 'utf8');
    const codes = [...java.matchAll(/^ {4}([A-Z_]+)\("/gm)].map(([, code]) => String(code));
    expect(codes.length).toBeGreaterThan(10);
    expect(Object.keys(en.alarms.finding)).toEqual(codes);
    expect(Object.keys(en.alarms.todo)).toEqual(codes);
  });

  it('of a newer server stands as it is', () => {
    expect(findingWords({ code: 'NEW_ONE', detail: '7' }, en)).toBe('NEW_ONE 7');
  });
});

describe('drafts', () => {
  it('are kept for each user and gone when they are sent', () => {
    const values: Record<string, string> = {};
    const storage = (): Storage =>
      ({ ...kept(values), setItem: (key: string, text: string) => (values[key] = text), removeItem: (key: string) => delete values[key] }) as unknown as Storage;
    const li = new Drafts('li', storage);
    li.set('a', 'Half a word');
    expect(li.get('a')).toBe('Half a word');
    expect(new Drafts('wang', storage).get('a')).toBeNull();
    li.set('a', null);
    expect(values).toEqual({});
  });

  it('never stop anybody from typing', () => {
    const broken = new Drafts('li', () => {
      throw new DOMException('full');
    });
    broken.set('a', 'x');
    expect(broken.get('a')).toBeNull();
  });
});
