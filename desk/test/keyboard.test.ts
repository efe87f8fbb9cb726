import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Keyboard } from '../src/keys/keyboard';

/** As much of a page as the keyboard looks at. */
class Element_ {
  isConnected = true;
  isContentEditable = false;
  focused = 0;
  blur(): void {
    page.activeElement = page.body;
  }
  focus(): void {
    this.focused++;
    page.activeElement = this;
  }
  closest(): Element_ | null {
    return this instanceof Button ? this : null;
  }
}
class Button extends Element_ {}
class Input extends Element_ {
  type = 'text';
}
class TextArea extends Element_ {}
class Select extends Element_ {}

const page = {
  body: new Element_(),
  activeElement: null as Element_ | null,
  dialog: null as Element_ | null,
  querySelector: () => page.dialog,
};

beforeEach(() => {
  page.dialog = null;
  page.activeElement = page.body;
  vi.stubGlobal('document', page);
  vi.stubGlobal('Element', Element_);
  vi.stubGlobal('HTMLElement', Element_);
  vi.stubGlobal('HTMLInputElement', Input);
  vi.stubGlobal('HTMLTextAreaElement', TextArea);
  vi.stubGlobal('HTMLSelectElement', Select);
  vi.stubGlobal('requestAnimationFrame', (work: () => void) => work());
});

function press(keyboard: Keyboard, key: string, target: Element_ = page.body, more: object = {}): boolean {
  let prevented = false;
  keyboard.handle({
    key,
    code: '',
    target,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    repeat: false,
    isComposing: false,
    defaultPrevented: false,
    preventDefault: () => (prevented = true),
    ...more,
  } as unknown as KeyboardEvent);
  return prevented;
}

function keyboardWith(...keys: string[]): { keyboard: Keyboard; pressed: string[] } {
  const keyboard = new Keyboard();
  const pressed: string[] = [];
  keyboard.add({ keys, run: (key) => void pressed.push(key) });
  return { keyboard, pressed };
}

describe('the keyboard', () => {
  it('takes a single key for a command while nobody types', () => {
    const { keyboard, pressed } = keyboardWith('m', 'h');
    expect(press(keyboard, 'm')).toBe(true);
    press(keyboard, 'H');
    expect(pressed).toEqual(['m', 'h']);
    expect(press(keyboard, 'x')).toBe(false);
  });

  it('takes no letter of a text for a command', () => {
    const { keyboard, pressed } = keyboardWith('m', 'h', 'e');
    for (const text of [new Input(), new TextArea()]) {
      for (const letter of 'home') press(keyboard, letter, text);
    }
    expect(pressed).toEqual([]);
  });

  it('takes exactly one key after Esc, then the cursor is back in the text', () => {
    const { keyboard, pressed } = keyboardWith('m', 'h');
    const notes = new TextArea();
    press(keyboard, 'Escape', notes);
    expect(page.activeElement).toBe(page.body);
    press(keyboard, 'm');
    expect(pressed).toEqual(['m']);
    expect(page.activeElement).toBe(notes);
  });

  it('leaves the cursor out while a key has to be pressed again', () => {
    const keyboard = new Keyboard();
    let times = 0;
    keyboard.add({ keys: ['e'], run: () => ++times < 2 });
    const notes = new TextArea();
    press(keyboard, 'Escape', notes);
    press(keyboard, 'e');
    expect(notes.focused).toBe(0);
    press(keyboard, 'e');
    expect([times, notes.focused]).toEqual([2, 1]);
  });

  it('leaves the cursor out while a menu is open, whose digits are no text', () => {
    const keyboard = new Keyboard();
    const notes = new TextArea();
    keyboard.add({ keys: ['v'], run: () => true });
    press(keyboard, 'Escape', notes);
    press(keyboard, 'v');
    expect(notes.focused).toBe(0);
    keyboard.backToText();
    expect(notes.focused).toBe(1);
  });

  it('does not pull the focus out of what a command has opened', () => {
    const keyboard = new Keyboard();
    const opened = new Input();
    keyboard.add({ keys: ['v'], run: () => opened.focus() });
    const notes = new TextArea();
    press(keyboard, 'Escape', notes);
    press(keyboard, 'v');
    expect(page.activeElement).toBe(opened);
  });

  it('takes no key that repeats by itself', () => {
    const { keyboard, pressed } = keyboardWith('e');
    press(keyboard, 'e', page.body, { repeat: true });
    expect(pressed).toEqual([]);
  });

  it('leaves the browser its chords', () => {
    const { keyboard, pressed } = keyboardWith('r', 'a');
    expect(press(keyboard, 'r', page.body, { ctrlKey: true })).toBe(false);
    expect(press(keyboard, 'a', page.body, { altKey: true })).toBe(false);
    expect(pressed).toEqual([]);
  });

  it('takes the chord for done while somebody types', () => {
    const { keyboard, pressed } = keyboardWith('ctrl+Enter');
    press(keyboard, 'Enter', new TextArea(), { ctrlKey: true });
    expect(pressed).toEqual(['ctrl+Enter']);
  });

  it('lets Enter press the button that has the focus', () => {
    const { keyboard, pressed } = keyboardWith('Enter');
    expect(press(keyboard, 'Enter', new Button())).toBe(false);
    press(keyboard, 'Enter');
    expect(pressed).toEqual(['Enter']);
  });

  it('waits while a dialog is open or a word is being composed', () => {
    const { keyboard, pressed } = keyboardWith('m');
    page.dialog = new Element_();
    press(keyboard, 'm');
    page.dialog = null;
    press(keyboard, 'm', page.body, { isComposing: true });
    expect(pressed).toEqual([]);
  });

  it('reads the key behind an input method that swallows letters', () => {
    const { keyboard, pressed } = keyboardWith('m', '2');
    press(keyboard, 'Process', page.body, { code: 'KeyM' });
    press(keyboard, 'Process', page.body, { code: 'Digit2' });
    expect(pressed).toEqual(['m', '2']);
  });

  it('gives a key to whoever asked last, until they leave', () => {
    const { keyboard, pressed } = keyboardWith('1');
    const leave = keyboard.add({ keys: ['1'], run: () => void pressed.push('menu') });
    press(keyboard, '1');
    leave();
    press(keyboard, '1');
    expect(pressed).toEqual(['menu', '1']);
  });
});
