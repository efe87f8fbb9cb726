// What a test takes from the environment.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count } from './lib/settings.mjs';

test('a count is what was given, or the usual one', () => {
  assert.equal(count('CALLS', 12, {}), 12);
  assert.equal(count('CALLS', 12, { CALLS: '100' }), 100);
});

test('a count of nothing is refused, because its test would pass without a call', () => {
  for (const CALLS of ['', '0', '-1', '1.5', 'many', ' ']) {
    assert.throws(() => count('CALLS', 12, { CALLS }), /CALLS=.* is no count: give 1 or more/);
  }
});
