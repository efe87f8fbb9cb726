import { readdirSync, readFileSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import ts from 'typescript';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KeyMap } from '../src/features/keys/key-map';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { zh } from '../src/i18n/zh';
import { COMMANDS, KEYS, type Part, spokenKeys } from '../src/keys/keys';

/** What may mean something at the same moment. */
const MOMENTS: Readonly<Record<string, readonly Part[]>> = {
  ringing: ['ringing', 'call', 'always'],
  talking: ['talking', 'call', 'always'],
  wrapUp: ['wrapUp', 'call', 'always'],
  waiting: ['waiting', 'always'],
};

/** Chords that a browser or a system keeps for itself. */
const TAKEN = ['ctrl+n', 'ctrl+t', 'ctrl+w', 'ctrl+r', 'ctrl+l', 'ctrl+p', 'ctrl+f', 'ctrl+s', 'ctrl+c', 'ctrl+v', 'ctrl+x', 'ctrl+z', 'ctrl+a', 'Tab'];

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((file) => /\.tsx?$/.test(file.name) && !file.parentPath.includes('generated'))
  .map((file) => ({ name: `${file.parentPath}/${file.name}`, text: readFileSync(`${file.parentPath}/${file.name}`, 'utf8') }));

/** Where an agent in a call has something to do. */
const IN_CALL = /features\/(call-bar|candidates|verify|link|ring)\//;

/** Buttons of a file that no key presses. */
function keyless(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxSelfClosingElement(node) && /^(Sure)?Action$/.test(node.tagName.getText())) {
      const names = node.attributes.properties.map((attribute) => attribute.name?.getText());
      if (!names.includes('hotkey')) found.push(`${name}: ${node.getText()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the keys', () => {
  it('mean one thing at any moment', () => {
    for (const [moment, parts] of Object.entries(MOMENTS)) {
      const pressed = COMMANDS.filter((command) => parts.includes(KEYS[command].part)).flatMap((command) => KEYS[command].keys);
      expect(`${moment} ${pressed.filter((key, at) => pressed.indexOf(key) !== at).join()}`).toBe(`${moment} `);
    }
  });

  it('leave what is open, such as the keypad, the digits: none of them is a command of its own', () => {
    const own = COMMANDS.filter((command) => !['menu', 'list'].includes(KEYS[command].part)).flatMap((command) => KEYS[command].keys);
    expect(own.filter((key) => /^[0-9*#]$|^Escape$/.test(key))).toEqual([]);
  });

  it('are none that the browser takes, and no letter with a shift', () => {
    const all = COMMANDS.flatMap((command) => [...KEYS[command].keys]);
    expect(all.filter((key) => TAKEN.includes(key) || /^[A-Z]$/.test(key) || key.includes('alt+'))).toEqual([]);
  });

  it('that destroy something have to be pressed twice', () => {
    expect(COMMANDS.filter((command) => KEYS[command].twice)).toEqual(['decline', 'end']);
  });

  it('are listened to, each of them', () => {
    const all = sources.map(({ text }) => text).join('\n');
    const heard = (command: string): boolean => new RegExp(`hotkey="${command}"|(useKey|means)\\(\\s*'${command}'`).test(all);
    expect(COMMANDS.filter((command) => !heard(command))).toEqual([]);
  });

  it('press every button of a call', () => {
    const files = sources.filter(({ name }) => IN_CALL.test(name) && !name.includes('allow-notices'));
    expect(files.length).toBeGreaterThan(6);
    expect(files.flatMap(({ name, text }) => keyless(name, text))).toEqual([]);
    expect(keyless('planted.tsx', 'const a = <Action label={x} run={y} />;')).toHaveLength(1);
  });

  it('are read out as the standard has it', () => {
    expect([spokenKeys('finish'), spokenKeys('mute'), spokenKeys('search'), spokenKeys('help')]).toEqual(['Control+Enter Enter', 'M', 'Control+K', '?']);
  });
});

describe('the list of keys', () => {
  beforeEach(() => vi.stubGlobal('localStorage', { getItem: () => null }));

  it('has every command, with its keys, in both languages', () => {
    for (const [language, words] of [['en', en], ['zh', zh]] as const) {
      const shown = renderToStaticMarkup(
        <Speaking start={language}>
          <KeyMap open={false} close={() => {}} />
        </Speaking>,
      );
      const rows = [...shown.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, keys, does]) => [keys?.match(/<kbd/g)?.length, does]);
      const expected = Object.fromEntries(
        COMMANDS.map((command) => {
          const { keys, twice, written } = KEYS[command];
          return [words.keys.does[command].replaceAll("'", '&#x27;'), written ? 1 : keys.length * (twice ? 2 : 1)];
        }),
      );
      expect(Object.fromEntries(rows.map(([caps, does]) => [does, caps]))).toEqual(expected);
    }
  });
});
