import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import { DeskFault } from '../src/client/faults';
import type { PastRules, Rules, Trunk, TrunkApi, Wrong } from '../src/client/trunks';
import { changesOf } from '../src/features/trunks/changes';
import { Differences } from '../src/features/trunks/differences';
import { History } from '../src/features/trunks/history';
import { RulesForm } from '../src/features/trunks/rules-form';
import { WrongHere } from '../src/features/trunks/wrong-here';
import { TrunkRules } from '../src/features/trunks/trunk-rules';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { zh } from '../src/i18n/zh';
import { Drafts } from '../src/ui/drafts';
import { HandTimers, settle } from './hand-timers';

const PLAIN: Rules = { region: 'CN', areaCode: '', outsidePrefixes: [], lineFrom: ['REQUEST_LINE', 'TO'], trustAsserted: false, ownNumbers: [], rewrites: [] };
const SHENZHEN: Rules = { ...PLAIN, areaCode: '0755' };

/** A server with its trunks, their versions and its own opinion of rules. */
class Server {
  trunks: Trunk[] = [{ name: 'default', version: 0, rules: PLAIN }];
  readonly past: Record<string, PastRules[]> = {};
  readonly checked: Rules[] = [];
  wrong: readonly Wrong[] = [];
  away = false;

  #mustBeThere(): void {
    if (this.away) throw new DeskFault('desk:link-down', '');
  }

  async list(): Promise<readonly Trunk[]> {
    this.#mustBeThere();
    return [...this.trunks];
  }

  async check(rules: Rules): Promise<readonly Wrong[]> {
    this.checked.push(rules);
    return this.wrong;
  }

  async history(name: string): Promise<{ items: readonly PastRules[]; next: null }> {
    this.#mustBeThere();
    return { items: [...(this.past[name] ?? [])], next: null };
  }

  async save(name: string, rules: Rules, basedOn: number): Promise<Trunk> {
    this.#mustBeThere();
    const last = this.past[name]?.[0] ?? { version: 0, rules: null };
    if (basedOn !== last.version && !(basedOn === 0 && last.rules === null)) throw new DeskFault('/problems/refused', 'Somebody changed these rules meanwhile.');
    return this.put(name, rules);
  }

  async remove(name: string): Promise<void> {
    this.past[name] = [{ version: (this.past[name]?.length ?? 0) + 1, at: null, by: 'Boss', rules: null }, ...(this.past[name] ?? [])];
    this.trunks = this.trunks.filter((trunk) => trunk.name !== name);
    if (name === 'default') this.trunks = [{ name, version: 0, rules: PLAIN }, ...this.trunks];
  }

  put(name: string, rules: Rules): Trunk {
    const version = (this.past[name]?.length ?? 0) + 1;
    this.past[name] = [{ version, at: null, by: 'Boss', rules }, ...(this.past[name] ?? [])];
    const trunk = { name, version, rules };
    this.trunks = [...this.trunks.filter((other) => other.name !== name), trunk];
    return trunk;
  }
}

let server: Server;
let timers: HandTimers;
let kept: Record<string, string>;

function page(): TrunkRules {
  const storage = { getItem: (key: string) => kept[key] ?? null, setItem: (key: string, text: string) => (kept[key] = text), removeItem: (key: string) => delete kept[key] };
  return new TrunkRules(server as unknown as TrunkApi, new Drafts('boss', () => storage as unknown as Storage), timers);
}

beforeEach(() => {
  server = new Server();
  timers = new HandTimers();
  kept = {};
});

describe('the rules of a trunk', () => {
  it('begin with the usual ones where it has none of its own', async () => {
    const model = page();
    await model.open('acme');
    expect(model.get()).toMatchObject({ rules: PLAIN, version: 0, changed: false, wrong: [] });
  });

  it('are looked at by the server when typing stops, and put in force by the save', async () => {
    const model = page();
    await model.open('acme');
    model.edit({ ...PLAIN, areaCode: '07' });
    model.edit(SHENZHEN);
    expect(model.get()).toMatchObject({ changed: true, wrong: null });
    await timers.pass(300);
    expect(server.checked).toEqual([SHENZHEN]);
    expect(model.get().wrong).toEqual([]);
    await model.save();
    expect(model.get()).toMatchObject({ kept: SHENZHEN, version: 1, changed: false, saved: true });
    expect(model.get().history.map(({ version }) => version)).toEqual([1]);
    expect(kept).toEqual({});
  });

  it('tell what cannot be used, and an answer to earlier ones is not shown', async () => {
    const model = page();
    await model.open('acme');
    server.wrong = [{ field: 'areaCode', detail: 'wrong' }];
    model.edit({ ...PLAIN, areaCode: 'x' });
    await timers.pass(300);
    expect(model.get().wrong).toEqual(server.wrong);
    model.edit(PLAIN);
    expect(model.get()).toMatchObject({ changed: false, wrong: [] });
    await timers.pass(300);
    expect(model.get().wrong).toEqual([]);
  });

  it('that were typed and not saved are there again after a reload', async () => {
    const model = page();
    await model.open('acme');
    model.edit(SHENZHEN);
    const again = page();
    await again.open('acme');
    expect(again.get()).toMatchObject({ rules: SHENZHEN, kept: PLAIN, changed: true });
    again.discard();
    expect(again.get()).toMatchObject({ rules: PLAIN, changed: false });
    expect(kept).toEqual({});
  });

  it('that somebody else changed meanwhile are shown, and what was typed stays', async () => {
    server.put('acme', PLAIN);
    const model = page();
    await model.open('acme');
    model.edit(SHENZHEN);
    server.put('acme', { ...PLAIN, region: 'US' });
    await model.save();
    expect(model.get().fault?.type).toBe('/problems/refused');
    expect(model.get()).toMatchObject({ rules: SHENZHEN, kept: { region: 'US' }, version: 2, changed: true });
    await model.save();
    expect(model.get()).toMatchObject({ kept: SHENZHEN, version: 3, fault: null });
  });

  it('of which a draft was based on an older version are not overwritten unseen after a reload', async () => {
    server.put('acme', PLAIN);
    const model = page();
    await model.open('acme');
    model.edit(SHENZHEN);
    server.put('acme', { ...PLAIN, region: 'US' });
    const again = page();
    await again.open('acme');
    await again.save();
    expect(again.get().fault?.type).toBe('/problems/refused');
  });

  it('are taken back by filling in older ones, or by having none', async () => {
    server.put('acme', PLAIN);
    server.put('acme', SHENZHEN);
    const model = page();
    await model.open('acme');
    model.edit(model.get().history[1]!.rules!);
    await model.save();
    expect(model.get()).toMatchObject({ kept: PLAIN, version: 3 });
    await model.remove();
    expect(model.get()).toMatchObject({ version: 0, kept: PLAIN });
    expect(model.get().history[0]?.rules).toBeNull();
  });

  it.each(['default', 'acme'])('that were removed can be set again: %s', async (name) => {
    const model = page();
    await model.open(name);
    model.edit(SHENZHEN);
    await model.save();
    await model.remove();
    model.edit(SHENZHEN);
    await model.save();
    expect(model.get()).toMatchObject({ kept: SHENZHEN, version: 3, changed: false, fault: null });
  });

  it('of a trunk that two set up at once are not overwritten unseen', async () => {
    const one = page();
    await one.open('acme');
    one.edit(SHENZHEN);
    server.put('acme', { ...PLAIN, region: 'US' });
    await one.save();
    expect(one.get().fault?.type).toBe('/problems/refused');
    expect(server.trunks.find(({ name }) => name === 'acme')?.rules.region).toBe('US');
  });

  it('stay on the page while the server is away', async () => {
    const model = page();
    await model.open('acme');
    model.edit(SHENZHEN);
    server.away = true;
    await model.save();
    expect(model.get()).toMatchObject({ rules: SHENZHEN, changed: true });
    expect(model.get().fault?.type).toBe('desk:link-down');
    await model.open('acme');
    expect(model.get().rules).toEqual(SHENZHEN);
    await settle();
  });
});

describe('what differs', () => {
  it('is told part by part', () => {
    const rule = { side: null, pattern: '00852|.', replacement: '+852$' } as const;
    const other = { side: 'LINE', pattern: 'XXXX', replacement: '+867558210$' } as const;
    expect(changesOf(PLAIN, PLAIN)).toEqual([]);
    expect(changesOf(PLAIN, { ...SHENZHEN, ownNumbers: ['8XXX'], rewrites: [rule] })).toEqual([
      { field: 'areaCode', gone: [], come: ['0755'], moved: false },
      { field: 'ownNumbers', gone: [], come: ['8XXX'], moved: false },
      { field: 'rewrites', gone: [], come: ['00852|. → +852$'], moved: false },
    ]);
    expect(changesOf({ ...PLAIN, rewrites: [rule, other] }, { ...PLAIN, rewrites: [other, rule] })).toEqual([
      { field: 'rewrites', gone: [], come: [], moved: true },
    ]);
    expect(changesOf({ ...PLAIN, rewrites: [rule, rule] }, { ...PLAIN, rewrites: [rule] })).toHaveLength(1);
  });

  it('is put into words in both languages', () => {
    const after: Rules = { ...PLAIN, trustAsserted: true, lineFrom: ['TO'], rewrites: [{ side: 'LINE', pattern: 'X', replacement: '1' }] };
    expect(shown('en', <Differences before={PLAIN} after={after} />)).toContain('Dialled line: X → 1');
    expect(shown('zh', <Differences before={PLAIN} after={after} />)).toContain(zh.trunks.trusted.true);
    expect(shown('zh', <Differences before={PLAIN} after={PLAIN} />)).toContain(zh.trunks.alike);
  });
});

function shown(language: 'en' | 'zh', what: React.ReactNode): string {
  return renderToStaticMarkup(<Speaking start={language}>{what}</Speaking>);
}

describe('the form', () => {
  const wrong: readonly Wrong[] = [
    { field: 'rewrites/1/pattern', detail: 'no dial pattern' },
    { field: 'ownNumbers/0', detail: 'no own number' },
  ];
  const rules: Rules = { ...PLAIN, ownNumbers: ['(x'], rewrites: [{ side: null, pattern: '9|.', replacement: '$' }, { side: 'CALLER', pattern: '[', replacement: '' }] };

  it('says beside each part what is wrong with it', () => {
    const html = shown('en', <RulesForm rules={rules} wrong={wrong} edit={() => {}} />);
    expect(html.match(/aria-invalid="true"/g)).toHaveLength(2);
    expect(html).toMatch(/value="\["[^>]*>.*no dial pattern/s);
    expect(html).toContain('no own number');
    expect(html).toContain(en.trunks.patternOf(2));
  });

  it('says it in the language of the page, and in the server’s words only where it has none', () => {
    const html = shown('zh', <RulesForm rules={rules} wrong={wrong} edit={() => {}} />);
    expect(html).not.toMatch(/no dial pattern|no own number/);
    expect(html).toContain(zh.trunks.wrong.pattern(''));
    expect(html).toContain(zh.trunks.wrong.ownNumbers(''));
    expect(shown('zh', <WrongHere wrong={[{ field: 'rewrites/0/newer', detail: 'of a newer server' }]} />)).toContain('of a newer server');
  });

  it('numbers the places of the line in the order in which they count', () => {
    const html = shown('zh', <RulesForm rules={{ ...PLAIN, lineFrom: ['TO', 'DIVERSION'] }} wrong={[]} edit={() => {}} />);
    expect(html).toMatch(/aria-pressed="true"[^>]*>(?:<[^>]*>)*1(?:<[^>]*>)* *To/);
    expect(html.match(/aria-pressed="true"/g)).toHaveLength(2);
  });
});

describe('the history', () => {
  it('tells who changed what, offers each older version again, and says why it cannot', () => {
    const history: readonly PastRules[] = [
      { version: 3, at: null, by: 'Boss', rules: SHENZHEN },
      { version: 2, at: '2026-11-26T10:00:00Z', by: 'Boss', rules: PLAIN },
      { version: 1, at: '2026-11-26T09:00:00Z', by: '王', rules: null },
    ];
    const html = shown('en', <History history={history} older={false} more={() => {}} again={() => {}} reason={en.trunks.mayNot} />);
    expect(html).toContain('0755');
    expect(html).toContain('Boss');
    expect(html).toContain(en.trunks.before);
    expect(html).toContain(en.trunks.ownFromThen);
    expect(html.match(new RegExp(en.trunks.again, 'g'))).toHaveLength(1);
    expect(html).toContain(en.trunks.againNone);
    expect(html).toContain(en.trunks.mayNot);
    expect(shown('zh', <History history={[]} older={false} more={() => {}} again={() => {}} reason={null} />)).toContain(zh.trunks.noHistory);
  });

  it('offers to have none again only to a trunk that has some', () => {
    const history: readonly PastRules[] = [
      { version: 3, at: null, by: 'Boss', rules: null },
      { version: 2, at: null, by: 'Boss', rules: PLAIN },
      { version: 1, at: null, by: 'Boss', rules: null },
    ];
    const html = shown('en', <History history={history} older={false} more={() => {}} again={() => {}} reason={null} />);
    expect(html).not.toContain(en.trunks.againNone);
    expect(html).toContain(en.trunks.again);
  });
});
