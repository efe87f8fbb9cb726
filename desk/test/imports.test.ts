import { describe, expect, it } from 'vitest';
import { type ImportPreview, isRunning, missing } from '../src/client/imports';
import { linkTo, placeOf } from '../src/ui/place';

const preview: ImportPreview = {
  encoding: 'UTF-8',
  headings: ['id', 'name'],
  guesses: ['foreign-id', 'name'],
  rows: [],
  required: ['customer', 'number', 'title'],
  optional: ['currency'],
};

describe('an import', () => {
  it('names what still needs a column', () => {
    expect(missing(preview, ['number', '', 'currency'])).toEqual(['customer', 'title']);
    expect(missing(preview, ['number', 'customer', 'title'])).toEqual([]);
  });

  it('has an address of its own', () => {
    expect(placeOf(linkTo('imports', 'abc'))).toEqual({ page: 'imports', of: 'abc' });
  });

  it('runs while it is tried dry and while it is loaded', () => {
    const job = { id: '1', kind: 'customers', file: 'x', at: '', part: 0, read: 0, good: 0, known: 0, wrong: 0, why: '' } as const;
    expect(['UPLOADED', 'CHECKING', 'CHECKED', 'LOADING', 'LOADED'].map((state) => isRunning({ ...job, state: state as 'LOADED' }))).toEqual([false, true, false, true, false]);
  });
});
