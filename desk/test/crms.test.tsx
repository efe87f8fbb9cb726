import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Comparison, Crm, CrmApi, CrmMapping, CrmTried, MappingLine } from '../src/client/crms';
import { ComparisonList } from '../src/features/crms/comparisons';
import { settingsOf, withDeclared } from '../src/features/crms/crm-form';
import { CrmList } from '../src/features/crms/crms-page';
import { changed, linesOf, matched, sameLines, tableFor, unfilled } from '../src/features/crms/lines';
import { MappingTable } from '../src/features/crms/mapping-table';
import { Tried } from '../src/features/crms/tried';
import { pagesOf } from '../src/features/office/rights';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { zh } from '../src/i18n/zh';
import { linkTo, placeOf } from '../src/ui/place';

const crm: Crm = {
  name: 'example',
  adapter: 'rest',
  version: 2,
  on: true,
  internal: false,
  state: 'RUNNING',
  kinds: ['customer'],
  capabilities: ['customer:write'],
  trouble: null,
  perSecond: 0,
  requests: 9,
  flow: { waiting: 0, oldestAt: null, endsAt: null, sent: 5, repeated: 0, received: 3, changed: 1, dead: 0, deadSince: null, movedAt: null },
  marked: null,
};

function line(ours: string, theirs: string, more: Partial<MappingLine> = {}): MappingLine {
  return { ours, theirs, way: 'both', convert: 'as-is', wins: 'newer', table: null, ...more };
}

const mapping: CrmMapping = {
  kind: 'customer',
  version: 3,
  rules: [line('name', 'full_name')],
  ours: [
    { name: 'name', type: 'TEXT', options: [] },
    { name: 'level', type: 'TEXT', options: ['STANDARD', 'GOLD'] },
    { name: 'phones', type: 'TEXTS', options: [] },
  ],
  theirs: [
    { name: 'full_name', label: 'Full name', type: 'TEXT', required: true, readOnly: false, options: [], suits: 'name' },
    { name: 'rank', label: 'Rank', type: 'TEXT', required: false, readOnly: true, options: ['Gold', 'None'], suits: null },
    { name: 'branch', label: 'Branch', type: 'TEXT', required: true, readOnly: false, options: [], suits: null },
  ],
  trouble: null,
};
const [name, level] = mapping.ours as [(typeof mapping.ours)[0], (typeof mapping.ours)[0]];
const [fullName, rank] = mapping.theirs as [(typeof mapping.theirs)[0], (typeof mapping.theirs)[0]];

function shown(node: ReactNode, words: 'en' | 'zh' = 'en'): string {
  return renderToStaticMarkup(<Speaking start={words}>{node}</Speaking>);
}

describe('the pages of other systems', () => {
  it('are for those who may join systems', () => {
    const session = { user: { id: '1', username: 'a', name: 'A', role: 'ADMINISTRATOR' }, permissions: ['CONNECT_SYSTEMS'], csrf: '', mustChangePassword: false };
    expect(pagesOf(session)).toEqual(['crms']);
    expect(pagesOf({ ...session, permissions: ['MANAGE_SYSTEM'] })).not.toContain('crms');
  });

  it('have an address for a system and for its fields', () => {
    expect(placeOf(linkTo('crms', 'example/customer'))).toEqual({ page: 'crms', of: 'example/customer' });
    expect(placeOf(linkTo('crms', 'new/'))).toEqual({ page: 'crms', of: 'new/' });
  });

  it('say that none is joined yet', () => {
    expect(shown(<CrmList crms={[]} />)).toContain(en.crms.none);
  });

  it('tell state, backlog and trouble of each in words', () => {
    const trouble = { ...crm, state: 'WAITING' as const, trouble: 'The key is not accepted.', flow: { ...crm.flow, waiting: 1200, dead: 2 } };
    const html = shown(<CrmList crms={[crm, trouble]} />);
    expect(html).toContain(en.crms.states.RUNNING);
    expect(html).toContain(en.crms.noBacklog);
    expect(html).toContain(en.crms.backlog('1,200'));
    expect(html).toContain(en.crms.dead('2'));
    expect(html).toContain('The key is not accepted.');
  });
});

describe('comparisons', () => {
  const done: Comparison = { id: 1, state: 'DONE', beganAt: '2026-11-26T03:00:00Z', why: null, compared: 2000, equal: 1999, differing: 1, missingHere: 0, missingThere: 0, repaired: 1, consistencyPercent: 99.95 };

  it('tell how equal both sides were, and what was not', () => {
    const html = shown(<ComparisonList api={{} as CrmApi} name="example" all={[done, { ...done, id: 2, state: 'FAILED', why: 'It does not answer.', consistencyPercent: null }]} />);
    expect(html).toContain(en.crms.consistent('99.950'));
    expect(html).toContain(en.crms.driftCounts(1, 0, 0));
    expect(html).toContain(en.crms.repaired(1));
    expect(html).toContain(en.crms.showDrifts);
    expect(html).toContain('It does not answer.');
  });

  it('were none yet', () => {
    expect(shown(<ComparisonList api={{} as CrmApi} name="example" all={[]} />)).toContain(en.crms.neverCompared);
  });
});

describe('a file of a system', () => {
  it('names its settings in a line or in a block', () => {
    expect(withDeclared('crm: {name: a}\nsettings: {address: text, key: secret}\n', [])).toEqual([
      { name: 'address', value: '' },
      { name: 'key', value: '' },
    ]);
    expect(withDeclared('settings:\n  address: text   # where\n  queue: {otherwise: General}\nauth:\n  x: y\n', []).map((one) => one.name)).toEqual(['address', 'queue']);
  });

  it('keeps what was typed when the file changes, and forgets empty ones that it no longer names', () => {
    expect(
      withDeclared('settings: {key: secret}', [
        { name: 'address', value: 'x' },
        { name: 'old', value: '' },
      ]).map((one) => one.name),
    ).toEqual(['address', 'key']);
    expect(withDeclared('no settings', [])).toEqual([]);
  });

  it('sends settings that have a name', () => {
    expect(settingsOf([{ name: ' key ', value: 'v' }, { name: '', value: 'w' }])).toEqual({ key: 'v' });
  });
});

describe('a dry run', () => {
  const tried: CrmTried = {
    name: 'example',
    adapter: 'rest',
    ok: false,
    mistakes: [{ path: 'find.phone', detail: 'There is no such key.' }],
    trouble: null,
    capabilities: [],
    kinds: [
      {
        kind: 'customer',
        capabilities: ['customer:scan', 'customer:write'],
        looks: [{ ability: 'scan', trouble: 'HTTP 500' }],
        rules: [line('name', 'full_name')],
        read: [{ id: '7', theirs: { full_name: '李雷' }, ours: { name: '李雷' }, trouble: null }],
        written: [],
      },
    ],
  };

  it('names mistakes with their place, what fails, and shows real records on both sides', () => {
    const html = shown(<Tried tried={tried} />);
    expect(html).toContain('find.phone');
    expect(html).toContain(en.crms.fails(en.crms.abilities.scan));
    expect(html).toContain(en.crms.samples(en.crms.wouldRead, 1));
    expect(html.match(/李雷/g)).toHaveLength(2);
  });
});

describe('a mapping', () => {
  it('shows each of our fields, and which of theirs are needed or read only', () => {
    const html = shown(<MappingTable mapping={mapping} rules={[...mapping.rules, line('level', 'rank', { way: 'in', table: { GOLD: 'Gold', STANDARD: 'None' } })]} edit={() => undefined} />);
    expect(html).toContain(en.crms.ourFields.level);
    expect(html).toContain('Full name (full_name) *');
    expect(html).toContain(en.crms.required);
    expect(html).toContain(en.crms.readOnly);
    expect(linesOf(mapping, mapping.rules).map(({ line: one }) => one?.theirs ?? null)).toEqual(['full_name', null, null]);
  });

  it('gives a field one counterpart, reads only where it can only be read, and takes it away', () => {
    const moved = matched(mapping.rules, level, fullName);
    expect(moved.map((one) => one.ours)).toEqual(['level']);
    expect(matched(mapping.rules, level, rank).at(-1)?.way).toBe('in');
    expect(matched(mapping.rules, name, null)).toEqual([]);
  });

  it('begins a table with what is the same on both sides', () => {
    expect(tableFor(level, rank, null)).toEqual({ STANDARD: '', GOLD: 'Gold' });
    expect(tableFor(level, rank, { GOLD: 'None' })).toEqual({ STANDARD: '', GOLD: 'None' });
  });

  it('tells which of their fields nothing fills, and whether anything changed', () => {
    expect(unfilled(mapping, mapping.rules).map((field) => field.name)).toEqual(['branch']);
    expect(sameLines(mapping.rules, [...mapping.rules])).toBe(true);
    expect(sameLines(mapping.rules, changed(mapping.rules, 'name', { way: 'out' }))).toBe(false);
  });

  it('speaks Chinese', () => {
    expect(shown(<CrmList crms={[]} />, 'zh')).toContain(zh.crms.none);
  });
});
