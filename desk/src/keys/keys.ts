/** When a key means something. `menu`: what is open at the time, such as the keypad, has its keys before all others. */
export type Part = 'ringing' | 'talking' | 'wrapUp' | 'call' | 'waiting' | 'always' | 'menu' | 'list';

interface Key {
  readonly part: Part;
  /** As KeyboardEvent.key, letters small, the first shown on the button; `ctrl+Enter` for a chord. */
  readonly keys: readonly string[];
  /** Has to be pressed again. */
  readonly twice?: true;
  /** How many keys are written, where they are not written one by one. */
  readonly written?: string;
}

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Every key of the desk, in the order of the list that `?` shows. What is not here, no part of the page can listen to. */
const LIST = {
  answer: { part: 'ringing', keys: ['a', 'Enter'] },
  decline: { part: 'ringing', keys: ['d'], twice: true },
  mute: { part: 'talking', keys: ['m'] },
  hold: { part: 'talking', keys: ['h'] },
  transfer: { part: 'talking', keys: ['t'] },
  consult: { part: 'talking', keys: ['q'] },
  park: { part: 'talking', keys: ['i'] },
  swap: { part: 'talking', keys: ['x'] },
  complete: { part: 'talking', keys: ['y'] },
  join: { part: 'talking', keys: ['j'] },
  takeBack: { part: 'talking', keys: ['z'] },
  keypad: { part: 'talking', keys: ['k'] },
  recording: { part: 'talking', keys: ['p'] },
  end: { part: 'talking', keys: ['e'], twice: true },
  finish: { part: 'wrapUp', keys: ['ctrl+Enter', 'Enter'] },
  extend: { part: 'wrapUp', keys: ['x'] },
  notes: { part: 'call', keys: ['n'] },
  template: { part: 'call', keys: ['/'] },
  verify: { part: 'call', keys: ['v'] },
  others: { part: 'call', keys: ['c'] },
  file: { part: 'call', keys: ['f'] },
  timeline: { part: 'call', keys: ['l'] },
  reopen: { part: 'waiting', keys: ['w'] },
  pickUp: { part: 'waiting', keys: ['i'] },
  dial: { part: 'waiting', keys: ['d'] },
  demo: { part: 'waiting', keys: ['o'] },
  ready: { part: 'always', keys: ['r'] },
  takeBreak: { part: 'always', keys: ['b'] },
  search: { part: 'always', keys: ['ctrl+k'] },
  phone: { part: 'always', keys: ['u'] },
  sound: { part: 'always', keys: ['s'] },
  link: { part: 'always', keys: ['g'] },
  help: { part: 'always', keys: ['?'] },
  pick: { part: 'menu', keys: DIGITS, written: '1–9' },
  tones: { part: 'menu', keys: [...DIGITS, '*', '0', '#'], written: '0–9 * #' },
  back: { part: 'menu', keys: ['Escape'] },
  walk: { part: 'list', keys: ['ArrowUp', 'ArrowDown'] },
  open: { part: 'list', keys: ['Enter'] },
  play: { part: 'list', keys: [' '] },
  seek: { part: 'list', keys: ['ArrowLeft', 'ArrowRight'] },
  speed: { part: 'list', keys: ['+', '-'] },
} as const satisfies Readonly<Record<string, Key>>;

/** Something that a key does. */
export type Command = keyof typeof LIST;

export const KEYS: Readonly<Record<Command, Key>> = LIST;

export const COMMANDS = Object.keys(LIST) as readonly Command[];

export const PARTS: readonly Part[] = ['ringing', 'talking', 'wrapUp', 'call', 'waiting', 'always', 'menu', 'list'];

/** For a handler of one element, such as a list: whether this key is one of the command's. */
export function means(command: Command, key: string): boolean {
  return KEYS[command].keys.includes(key);
}

/** The key that stands on a button. */
export function mainKey(command: Command): string {
  return KEYS[command].keys[0] ?? '';
}

/** As assistive technology reads it: `Control+Enter`, `M`. */
export function spokenKeys(command: Command, count = Infinity): string {
  return KEYS[command].keys
    .slice(0, count)
    .map((key) => key.replace(/^ctrl\+/, 'Control+').replace(/(^|\+)([a-z])$/, (_, before: string, letter: string) => before + letter.toUpperCase()))
    .join(' ');
}
