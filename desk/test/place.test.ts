import { describe, expect, it } from 'vitest';
import type { Session } from '../src/client/rest';
import { pagesOf } from '../src/features/office/rights';
import { linkTo, placeOf } from '../src/ui/place';

function session(...permissions: string[]): Session {
  return { user: { id: 'u', username: 'li', name: '李', role: 'SUPERVISOR' }, permissions, csrf: '', mustChangePassword: false };
}

describe('the address', () => {
  it('names a page and what it is about', () => {
    expect(placeOf('#/alarms')).toEqual({ page: 'alarms', of: null });
    expect(placeOf(linkTo('calls', 'a b/ü'))).toEqual({ page: 'calls', of: 'a b/ü' });
    expect(placeOf(linkTo('incidents'))).toEqual({ page: 'incidents', of: null });
  });

  it('that names none is the desk', () => {
    for (const hash of ['', '#', '#/', linkTo(null), '#/nothing', '#/toString', '#alarms']) {
      expect(placeOf(hash)).toEqual({ page: null, of: null });
    }
    expect(placeOf('#/calls/%')).toEqual({ page: 'calls', of: null });
  });
});

describe('the list of pages', () => {
  it('has those that one may see', () => {
    expect(pagesOf(session('TAKE_CALLS'))).toEqual([]);
    expect(pagesOf(session('SEE_TEAM', 'TAKE_CALLS'))).toContain('alarms');
    expect(pagesOf(session('SEE_TEAM'))).not.toContain('incidents');
    expect(pagesOf(session('SEE_INCIDENTS'))).toContain('incidents');
    expect(pagesOf(session('TRY_NUMBERS'))).toEqual(['trunks']);
  });
});
