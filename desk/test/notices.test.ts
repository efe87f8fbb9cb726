import { beforeEach, describe, expect, it, vi } from 'vitest';
import { allowed, ask, askNoMore, tellWhileHidden } from '../src/features/ring/notices';

/** The browser's notices: what it was asked for, and what is shown. */
class Notice {
  static permission = 'granted';
  static answer = 'granted';
  static asked = 0;
  static refuses = false;
  static shown: string[] = [];
  static async requestPermission(): Promise<void> {
    Notice.asked++;
    Notice.permission = Notice.answer;
  }
  readonly words: string;
  constructor(words: string) {
    if (Notice.refuses) throw new TypeError('Illegal constructor');
    this.words = words;
    Notice.shown.push(words);
  }
  close(): void {
    Notice.shown = Notice.shown.filter((words) => words !== this.words);
  }
}

const page = Object.assign(new EventTarget(), { hidden: false });
const kept = new Map<string, string>();

function hide(hidden: boolean): void {
  page.hidden = hidden;
  page.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  Object.assign(Notice, { permission: 'granted', answer: 'granted', asked: 0, refuses: false, shown: [] });
  page.hidden = false;
  kept.clear();
  vi.stubGlobal('Notification', Notice);
  vi.stubGlobal('document', page);
  vi.stubGlobal('localStorage', { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value) });
});

describe('a ring', () => {
  it('is told by the system while the page is hidden, from whichever comes later, and no longer than it rings', () => {
    const over = tellWhileHidden('Li Ming is calling', 'c-1');
    expect(Notice.shown).toEqual([]);
    hide(true);
    hide(true);
    expect(Notice.shown).toEqual(['Li Ming is calling']);
    hide(false);
    expect(Notice.shown).toEqual([]);
    hide(true);
    over();
    hide(true);
    expect(Notice.shown).toEqual([]);
  });

  it('that comes to a hidden page is told at once', () => {
    page.hidden = true;
    tellWhileHidden('Li Ming is calling', 'c-1');
    expect(Notice.shown).toEqual(['Li Ming is calling']);
  });

  it('is not told by the system where the browser, the agent or the device does not let it', () => {
    page.hidden = true;
    Notice.permission = 'denied';
    tellWhileHidden('a', 'c-1')();
    Notice.permission = 'default';
    tellWhileHidden('b', 'c-2')();
    Notice.permission = 'granted';
    Notice.refuses = true;
    tellWhileHidden('c', 'c-3')();
    vi.stubGlobal('Notification', undefined);
    delete (globalThis as { Notification?: unknown }).Notification;
    tellWhileHidden('d', 'c-4')();
    expect([Notice.shown, Notice.asked]).toEqual([[], 0]);
  });
});

describe('the agent', () => {
  it('is asked until there is an answer, whatever it is', async () => {
    Notice.permission = 'default';
    expect(allowed()).toBe('ask');
    expect(await ask()).toBe('yes');
    Notice.permission = 'default';
    Notice.answer = 'denied';
    expect(await ask()).toBe('no');
  });

  it('who closed the question of the browser without an answer may be asked again', async () => {
    Notice.permission = 'default';
    Notice.answer = 'default';
    expect(await ask()).toBe('ask');
  });

  it('who said no is not asked again in this browser, but may allow it there', () => {
    Notice.permission = 'default';
    expect(askNoMore()).toBe('no');
    expect(allowed()).toBe('no');
    Notice.permission = 'granted';
    expect(allowed()).toBe('yes');
  });
});
