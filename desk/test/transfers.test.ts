import { describe, expect, test } from 'vitest';
import { colleagues, matching, type Targets } from '../src/client/transfers';

const targets: Targets = {
  agents: [
    { agentId: 'a2', user: 'li', name: '李明', state: 'TALKING', since: '2026-11-23T10:00:00Z', free: false, extension: '2001' },
    { agentId: 'a3', user: 'wang', name: '王芳', state: 'READY', since: '2026-11-23T10:00:00Z', free: true, extension: '2002' },
    { agentId: 'a4', user: 'zhao', name: '赵强', state: 'OFFLINE', since: '2026-11-23T10:00:00Z', free: false, extension: null },
  ],
  queues: [
    { queue: 'care', label: 'Care', waiting: 2, open: true },
    { queue: 'sales', label: 'Sales', waiting: 0, open: false },
  ],
  outside: false,
};

describe('the colleagues whom one may call', () => {
  test('are found by name and extension, those who are free first; who has no phone is none', () => {
    expect(colleagues(targets, '', 9).map((one) => one.name)).toEqual(['王芳', '李明']);
    expect(colleagues(targets, '2001', 9).map((one) => one.name)).toEqual(['李明']);
    expect(colleagues(targets, '', 1)).toHaveLength(1);
    expect(colleagues(targets, 'care', 9)).toEqual([]);
  });
});

describe('the list of whom a customer may be handed on to', () => {
  test('puts those who are free before the others', () => {
    expect(matching(targets, '').map((one) => one.label)).toEqual(['王芳', 'Care', '李明', '赵强', 'Sales']);
  });

  test('finds by name, by user name and by label, whatever the case', () => {
    expect(matching(targets, 'LI').map((one) => one.target)).toEqual(['a2']);
    expect(matching(targets, '王').map((one) => one.target)).toEqual(['a3']);
    expect(matching(targets, 'ca').map((one) => one.to)).toEqual(['QUEUE']);
  });

  test('offers a number only where the switch dials outside, and only what is one', () => {
    expect(matching(targets, '138 0013 8000')).toEqual([]);
    const outside = { ...targets, outside: true };
    expect(matching(outside, '+86 138-0013-8000')[0]).toMatchObject({ to: 'NUMBER', target: '+8613800138000', free: true });
    expect(matching(outside, 'call 138')).toEqual([]);
  });
});
