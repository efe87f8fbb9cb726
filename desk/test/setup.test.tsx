import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeskFault } from '../src/client/faults';
import type { Sections, SetupAnswer, SetupFile, SetupWrong } from '../src/client/setup';
import { changeWords } from '../src/features/setup/change-words';
import { alike, changedSections, differences, rebase, usersBack } from '../src/features/setup/entries';
import { NoticeField } from '../src/features/setup/compound-fields';
import { EntryForm } from '../src/features/setup/entry-form';
import { FORM_SECTIONS, SHAPES } from '../src/features/setup/shape';
import { groupsFor, moved, treeOf } from '../src/features/setup/tree';
import { asMonday, rowsOf, weekWords, withSpans } from '../src/features/setup/week';
import { SetupWork } from '../src/features/setup/work';
import { placeOf, wrongWords } from '../src/features/setup/wrongs';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { zh } from '../src/i18n/zh';
import { Drafts } from '../src/ui/drafts';
import { HandTimers, settle } from './hand-timers';

const CARE = { id: 'care', label: 'Care', agents: ['ann', 'bob'] };
const SALES = { id: 'sales', label: 'Sales', agents: ['ann'] };
const ANN = { name: 'ann', shown: 'Ann', role: 'agent' };
const BOB = { name: 'bob', shown: 'Bob', role: 'agent', team: 'day' };
const START: Sections = { users: [ANN, BOB], teams: [{ id: 'day', label: 'Day' }], queues: [CARE, SALES] };

/** A server that keeps sections, with its own opinion of them. */
class Server {
  sections: Sections = START;
  version = 1;
  wrong: readonly SetupWrong[] = [];
  away = false;
  readonly checked: Sections[] = [];

  #mustBeThere(): void {
    if (this.away) throw new DeskFault('desk:link-down', '');
  }

  async read(): Promise<SetupFile> {
    this.#mustBeThere();
    return { basedOn: String(this.version), yaml: '', sections: this.sections };
  }

  async check(text: string): Promise<SetupAnswer> {
    this.#mustBeThere();
    const told = JSON.parse(text) as Sections;
    this.checked.push(told);
    const before = Object.fromEntries(Object.keys(told).map((name) => [name, this.sections[name as keyof Sections] ?? []]));
    return { basedOn: String(this.version), applied: false, wrong: this.wrong, changes: this.wrong.length > 0 ? [] : differences(before, told), passwords: [] };
  }

  async apply(text: string, basedOn: string): Promise<SetupAnswer> {
    this.#mustBeThere();
    if (basedOn !== String(this.version)) throw new DeskFault('/problems/refused', 'Somebody changed the set-up meanwhile.');
    const told = JSON.parse(text) as Sections;
    const known = (this.sections.users ?? []).map((user) => user['name']);
    const fresh = (told.users ?? []).filter((user) => !known.includes(user['name']));
    this.change(told);
    return { basedOn, applied: true, wrong: [], changes: [], passwords: fresh.map((user) => ({ user: String(user['name']), password: 'once' })) };
  }

  change(sections: Sections): void {
    this.sections = { ...this.sections, ...sections };
    this.version++;
  }
}

function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text), removeItem: (key) => void kept.delete(key) };
}

let server: Server;
let timers: HandTimers;
let drafts: Drafts;

beforeEach(() => {
  server = new Server();
  timers = new HandTimers();
  const kept = storage();
  drafts = new Drafts('boss', () => kept);
});

async function opened(): Promise<SetupWork> {
  const work = new SetupWork(server, drafts, timers);
  await work.open();
  return work;
}

describe('the set-up while it is changed', () => {
  it('is looked at by the server once the typing pauses, and only the sections that are changed', async () => {
    const work = await opened();
    work.edit('queues', [{ ...CARE, label: 'C' }, SALES]);
    work.edit('queues', [{ ...CARE, label: 'Customer care' }, SALES]);
    expect(work.get().changes).toBeNull();
    await timers.pass(300);
    expect(server.checked).toEqual([{ queues: [{ ...CARE, label: 'Customer care' }, SALES] }]);
    expect(work.get().changes).toEqual([{ section: 'queues', name: 'care', kind: 'CHANGED', fields: [{ name: 'label', gone: ['Care'], come: ['Customer care'] }] }]);
  });

  it('is in force after it was applied, and the last change can be taken back', async () => {
    const work = await opened();
    work.edit('queues', [{ ...CARE, label: 'Customer care' }]);
    await work.apply();
    expect(server.sections.queues).toEqual([{ ...CARE, label: 'Customer care' }]);
    expect(work.get()).toMatchObject({ changed: [], saved: true, undoable: true });
    work.takeBack();
    await timers.pass(300);
    expect(work.get().changes?.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['care CHANGED', 'sales ADDED']);
    await work.apply();
    expect(server.sections.queues).toEqual([CARE, SALES]);
  });

  it('turns off who was added, when that is taken back, and tells a password until it was seen', async () => {
    const work = await opened();
    work.edit('users', [ANN, BOB, { name: 'cid', shown: 'Cid', role: 'agent' }]);
    await work.apply();
    expect(work.get().passwords).toEqual([{ user: 'cid', password: 'once' }]);
    work.seen();
    expect(work.get().passwords).toEqual([]);
    work.takeBack();
    expect(work.get().sections.users?.[2]).toEqual({ name: 'cid', shown: 'Cid', role: 'agent', active: false });
  });

  it('keeps what was typed over a reload of the page', async () => {
    (await opened()).edit('queues', [CARE]);
    const work = await opened();
    expect(work.get().sections.queues).toEqual([CARE]);
    work.discard();
    expect((await opened()).get().changed).toEqual([]);
  });

  it('is put upon what somebody else changed, and tells it', async () => {
    const work = await opened();
    work.edit('queues', [{ ...CARE, label: 'Mine' }, SALES]);
    server.change({ queues: [CARE, { ...SALES, label: 'Theirs' }] });
    await work.apply();
    expect(server.sections.queues?.[0]).toEqual(CARE);
    expect(work.get().sections.queues).toEqual([{ ...CARE, label: 'Mine' }, { ...SALES, label: 'Theirs' }]);
    expect(work.get().meanwhile.map(({ name }) => name)).toEqual(['sales']);
    expect(work.get()).toMatchObject({ both: [], fault: null });
    await work.apply();
    expect(server.sections.queues).toEqual([{ ...CARE, label: 'Mine' }, { ...SALES, label: 'Theirs' }]);
  });

  it('names what both changed', async () => {
    const work = await opened();
    work.edit('queues', [{ ...CARE, label: 'Mine' }, SALES]);
    server.change({ queues: [{ ...CARE, label: 'Theirs' }, SALES] });
    await work.apply();
    expect(work.get().both).toEqual(['care']);
  });

  it('stays while the server is away, and is looked at again then', async () => {
    const work = await opened();
    server.away = true;
    work.edit('queues', [CARE]);
    await timers.pass(300);
    expect(work.get().fault?.type).toBe('desk:link-down');
    server.away = false;
    await work.again();
    expect(work.get().fault).toBeNull();
    expect(work.get().changes).toHaveLength(1);
  });

  it('tells a refusal that is nobody’s change', async () => {
    const work = await opened();
    work.edit('queues', [CARE]);
    server.apply = async () => {
      throw new DeskFault('/problems/refused', 'The phone belongs to a user.');
    };
    await work.apply();
    await settle();
    expect(work.get().fault?.message).toBe('The phone belongs to a user.');
    expect(work.get().sections.queues).toEqual([CARE]);
  });

  it('goes on looking at the same entry where it moved in its list', async () => {
    const work = await opened();
    work.look({ section: 'queues', index: 1 });
    server.change({ queues: [SALES, CARE] });
    await work.open();
    expect(work.get().opened).toEqual({ section: 'queues', index: 0 });
  });
});

describe('entries', () => {
  it('are alike however a week is put together and agents are ordered', () => {
    const whole = { week: [{ days: ['mon-wed'], from: '09:00', to: '18:00' }] };
    const each = { week: ['tue', 'mon', 'wed'].map((day) => ({ days: [day], from: '09:00', to: '18:00' })) };
    expect(alike(whole, each)).toBe(true);
    expect(alike(CARE, { label: 'Care', agents: ['bob', 'ann'], id: 'care' })).toBe(true);
    expect(alike({ ...ANN, phone: 'none' }, ANN)).toBe(true);
    expect(alike(CARE, SALES)).toBe(false);
  });

  it('of a section whose order agents see are changed by another order', () => {
    const some = [{ code: 'a' }, { code: 'b' }];
    expect(changedSections({ dispositions: some }, { dispositions: [...some].reverse() })).toEqual(['dispositions']);
    expect(changedSections(START, { queues: [SALES, CARE] })).toEqual([]);
  });

  it('that I removed and somebody else changed are named', () => {
    expect(rebase('queues', [CARE, SALES], [CARE], [CARE, { ...SALES, label: 'S' }])).toEqual({ entries: [CARE], both: ['sales'] });
    expect(rebase('queues', [CARE, SALES], [CARE, SALES], [CARE])).toEqual({ entries: [CARE], both: [] });
  });

  it('of users lose a phone that is taken back', () => {
    const phone = { switch: 'demo', extension: '7', kind: 'sip' };
    expect(usersBack([ANN], [{ ...ANN, sparePhone: phone }])).toEqual([{ ...ANN, sparePhone: 'none' }]);
  });
});

describe('what is wrong', () => {
  it('is led to its field', () => {
    const at = (path: string, detail = ''): unknown => placeOf({ path, detail });
    expect(at('lines/0/queue')).toEqual({ section: 'lines', index: 0, field: 'queue', within: '' });
    expect(at('hours/2/week/3/to')).toEqual({ section: 'hours', index: 2, field: 'week', within: '3/to' });
    expect(at('queues/1', "'label' is missing.")).toEqual({ section: 'queues', index: 1, field: 'label', within: '' });
    expect(at('users')).toEqual({ section: 'users', index: null, field: null, within: '' });
    expect(at('')).toEqual({ section: null, index: null, field: null, within: '' });
  });

  it('is told in the reader’s language, and as the server says it where that is not known', () => {
    expect(wrongWords("'x' cannot be: write a whole number from 1 to 600.", en)).toBe('Write a whole number: 1 – 600.');
    expect(wrongWords("'x' cannot be: write a whole number from 1 to 600.", zh)).toBe('请填写整数：1 – 600。');
    expect(wrongWords("There is no hours 'late': add it to the file, or name one that is there.", en)).toContain('‘late’');
    expect(wrongWords('Something new.', zh)).toBe('Something new.');
  });

  it('stands beside its field', async () => {
    server.wrong = [{ line: 1, column: 1, path: 'queues/0/agents', detail: "The queue 'care' has no agents, so its callers would wait in vain: give it." }];
    const work = await opened();
    work.edit('queues', [{ id: 'care', label: 'Care' }, SALES]);
    await timers.pass(300);
    const page = renderToStaticMarkup(
      <Speaking start="zh">
        <EntryForm section="queues" index={0} view={work.get()} work={work} mayNot={null} />
      </Speaking>,
    );
    expect(page.slice(page.indexOf('坐席</legend>'), page.indexOf('班组</legend>'))).toContain('无人服务此队列');
  });

  it('says of a user without a phone what rings all the same', async () => {
    const work = await opened();
    const page = renderToStaticMarkup(
      <Speaking start="en">
        <EntryForm section="users" index={0} view={work.get()} work={work} mayNot={null} />
      </Speaking>,
    );
    const [first = '', second = ''] = page.split('Second phone</legend>');
    expect(first).toContain(en.setupForm.noOwnPhone);
    expect(first).toContain(en.setupForm.hints.phone);
    expect(second).toContain(`>${en.setupForm.noPhone}<`);
  });
});

describe('what changes', () => {
  const said = (before: Sections, after: Sections, w = en): readonly string[] => differences(before, after).flatMap((change) => changeWords(change, w, w === en ? 'en' : 'zh').map(({ field, text }) => `${field}: ${text}`));

  it('is said in words', () => {
    expect(said({ queues: [CARE] }, { queues: [{ ...CARE, label: 'C', agents: ['ann', 'cid', 'dan'], announceSeconds: 30 }] })).toEqual([
      'Name: C instead of Care',
      'Agents: with cid and dan; without bob',
      'Tell the place in the queue every (seconds): 30',
    ]);
    expect(said({ users: [BOB] }, { users: [{ name: 'bob', shown: 'Bob', role: 'supervisor' }] }, zh)).toEqual(['角色: 由 坐席 改为 班长', '班组: 不再是 day']);
  });

  it('reads phones, hours and announcements as people do', () => {
    const phone = { switch: 'asterisk', extension: '2001', kind: 'sip' };
    expect(said({ users: [ANN] }, { users: [{ ...ANN, sparePhone: phone }] })).toEqual(['Second phone: 2001 (asterisk, desk or soft phone)']);
    const hours = (to: string): Sections => ({ hours: [{ id: 'o', week: [{ days: ['mon-fri'], from: '09:00', to }], holidays: [{ date: '2026-10-01', label: '国庆节' }] }] });
    expect(said(hours('18:00'), hours('17:00'))).toEqual(['Open in the week: with Mon–Fri 09:00–17:00; without Mon–Fri 09:00–18:00']);
    const line = (text: string): Sections => ({ lines: [{ number: '1', sorry: { version: 'a', language: 'en', text } }] });
    expect(said(line('Sorry'), line('Later'))).toEqual(['Words when nobody came: “Later” instead of “Sorry”']);
  });
});

describe('a week', () => {
  const week = [{ days: ['mon-fri'], from: '09:00', to: '18:00' }, { days: ['sat'], from: '10:00', to: '12:00' }];

  it('is changed day by day and told together', () => {
    expect(rowsOf(week).map(({ spans }) => spans.length)).toEqual([1, 1, 1, 1, 1, 1, 0]);
    const tuesday = withSpans(week, 'tue', []);
    expect(weekWords(tuesday, (day) => day, '-')).toEqual(['mon 09:00–18:00', 'wed-fri 09:00–18:00', 'sat 10:00–12:00']);
    expect(weekWords(asMonday(tuesday), (day) => day, '-')).toEqual(['mon-fri 09:00–18:00', 'sat 10:00–12:00']);
  });
});

describe('dispositions', () => {
  const all = [{ code: 'done' }, { code: 'late', in: 'bad' }, { code: 'bad' }, { code: 'lost', in: 'bad' }];

  it('stand below their group', () => {
    expect(treeOf(all).map(({ entry, level }) => `${level} ${String(entry['code'])}`)).toEqual(['0 done', '0 bad', '1 late', '1 lost']);
    expect(treeOf([{ code: 'a', in: 'b' }, { code: 'b', in: 'a' }])).toHaveLength(2);
  });

  it('change places with those beside them', () => {
    expect(moved(all, 3, -1).map(({ code }) => code)).toEqual(['done', 'lost', 'bad', 'late']);
    expect(moved(all, 0, -1)).toBe(all);
  });

  it('cannot be put into themselves', () => {
    expect(groupsFor(all, 'bad')).toEqual(['done']);
    expect(groupsFor(all, null)).toHaveLength(4);
  });
});

describe('the forms', () => {
  it('have a label in both languages for every field', () => {
    const names = FORM_SECTIONS.flatMap((section) => SHAPES[section].flatMap(({ fields }) => fields.map(({ name }) => name)));
    for (const name of names) {
      expect(en.setupForm.labels).toHaveProperty(name);
      expect(zh.setupForm.labels).toHaveProperty(name);
    }
  });

  it('show every section', async () => {
    const work = await opened();
    for (const section of FORM_SECTIONS) {
      const page = renderToStaticMarkup(
        <Speaking start="en">
          <EntryForm section={section} index={0} view={work.get()} work={work} mayNot="Not you." />
        </Speaking>,
      );
      expect(page).toContain('<fieldset class="setup-fields" disabled=""');
    }
  });
});

describe('words that callers hear', () => {
  const words = { version: 'en-1', language: 'en', text: 'After the tone, please.' };
  const field = (name: string, message: boolean, entry: object): string =>
    renderToStaticMarkup(
      <Speaking start="en">
        <NoticeField id="f" name={name} entry={{ [name]: entry }} set={() => {}} sections={{}} wrong={[]} message={message} />
      </Speaking>,
    );

  it('before a message tell its lengths and its key too', () => {
    const html = field('voicemail', true, { ...words, mostSeconds: 60, key: '5' });
    for (const label of ['mostSeconds', 'leastSeconds', 'key'] as const) expect(html).toContain(en.setupForm.labels[label]);
    expect(html).toContain('value="60"');
    expect(html).toContain('<option value="5" selected="">5</option>');
    expect(html).not.toContain('<option value="9"');
  });

  it('of another kind do not', () => {
    expect(field('sorry', false, words)).not.toContain(en.setupForm.labels.mostSeconds);
  });
});
