import { beforeEach, describe, expect, it, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { chooseTheme, nextTheme, type Theme } from '../src/ui/theme';

const root = { dataset: {} as Record<string, string> };
const kept = new Map<string, string>();

beforeEach(() => {
  root.dataset = {};
  kept.clear();
  vi.stubGlobal('document', { documentElement: root });
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});

/** As the page that opens next does before it paints. */
function open(): void {
  root.dataset = {};
  new Function(readFileSync('public/theme.js', 'utf8'))();
}

describe('the theme', () => {
  it('follows the system until somebody chooses', () => {
    open();
    expect(root.dataset).toEqual({});
  });

  it('is shown at once where it is chosen, and before the first paint of the next page', () => {
    for (const theme of ['light', 'dark'] as const) {
      chooseTheme(theme);
      expect(root.dataset).toEqual({ theme });
      open();
      expect(root.dataset).toEqual({ theme });
    }
  });

  it('follows the system again where that is chosen', () => {
    chooseTheme('dark');
    chooseTheme('system');
    expect(root.dataset).toEqual({});
    open();
    expect(root.dataset).toEqual({});
  });

  it('comes round to each by one switch', () => {
    const seen: Theme[] = ['system'];
    for (let at = 0; at < 3; at++) seen.push(nextTheme(seen.at(-1)!));
    expect(seen).toEqual(['system', 'light', 'dark', 'system']);
  });

  it('that nobody knows is that of the system', () => {
    kept.set('cordboard.theme', 'sepia"><script>');
    open();
    expect(root.dataset).toEqual({});
  });
});
