import { expect, test } from 'vitest';
import { filled } from '../src/features/notes/templates';
import { type Disposition, type Field, on, pathOf } from '../src/features/wrap-up/dispositions';
import { missingOf } from '../src/features/wrap-up/outcome-fields';
import { call } from './samples';

const disposition = (code: string, group: string | null = null): Disposition => ({ code, labelZh: code, labelEn: code, group });
const field = (id: string, required: boolean, lines: readonly string[] = []): Field => ({
  id,
  labelZh: id,
  labelEn: id,
  kind: 'TEXT',
  required,
  choices: [],
  lines,
});

test('a disposition is named with its groups, and a chain without an end ends', () => {
  const items = [disposition('complaint'), disposition('late', 'complaint'), disposition('very', 'late'), disposition('a', 'b'), disposition('b', 'a')];
  expect(pathOf(items, 'very').map((one) => one.code)).toEqual(['complaint', 'late', 'very']);
  expect(pathOf(items, 'gone')).toEqual([]);
  expect(pathOf(items, 'a').map((one) => one.code)).toEqual(['b', 'a']);
});

test('what is for certain lines is for no other, and for no call without a line', () => {
  const all = [field('x', true), field('y', true, ['4008001234'])];
  expect(on('4008001234', all)).toHaveLength(2);
  expect(on('4008009999', all)).toEqual([all[0]]);
  expect(on(null, all)).toEqual([all[0]]);
});

test('required fields of the line are missing until they are filled in', () => {
  const fields = [field('order', true), field('why', false), field('elsewhere', true, ['4008009999'])];
  expect(missingOf(call(), fields).map((one) => one.id)).toEqual(['order']);
  expect(missingOf(call({ answers: [{ field: 'order', value: 'SO-7' }] }), fields)).toEqual([]);
});

test('a template keeps braces that mean nothing, and a name with signs of a pattern in it', () => {
  expect(filled('{customer} {when} {constructor} {{date}}', { customer: '$& {date}', date: 'today' })).toBe(
    '$& {date} {when} {constructor} {today}',
  );
});
