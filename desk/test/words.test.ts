import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../src/i18n/en';
import { word } from '../src/i18n/words';
import { zh } from '../src/i18n/zh';

type Tree = { readonly [key: string]: string | Tree | ((...values: never[]) => string) };

function leaves(tree: Tree, path = ''): Map<string, string | ((...values: never[]) => string)> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'object' ? [...leaves(value, `${path}${key}.`)] : [[path + key, value] as const],
    ),
  );
}

const english = leaves(en as unknown as Tree);
const chinese = leaves(zh as unknown as Tree);

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((file) => /\.tsx?$/.test(file.name) && !file.parentPath.includes('generated'))
  .map((file) => ({ name: `${file.parentPath}/${file.name}`, text: readFileSync(`${file.parentPath}/${file.name}`, 'utf8') }));

describe('the words', () => {
  it('are the same keys in both languages', () => {
    expect([...chinese.keys()]).toEqual([...english.keys()]);
    expect(english.size).toBeGreaterThan(200);
  });

  it('take the same values in both languages', () => {
    const arity = (value: unknown): number => (typeof value === 'function' ? value.length : -1);
    for (const [key, value] of english) expect(`${key} ${arity(chinese.get(key))}`).toBe(`${key} ${arity(value)}`);
  });

  it('are translated', () => {
    const same = [...english].filter(([key, value]) => value !== '' && value === chinese.get(key)).map(([key]) => key);
    expect(same).toEqual(['product']);
  });

  it('of Chinese are Chinese', () => {
    const foreign = [...chinese].filter(([key, value]) => {
      const text = typeof value === 'function' ? (value as (...args: unknown[]) => string)(1, 2, 3) : value;
      return text !== '' && !/\p{Script=Han}/u.test(text) && key !== 'product' && key !== 'language.other';
    });
    expect(foreign.map(([key]) => key)).toEqual([]);
  });

  it('for a code that nobody knows are the code', () => {
    expect(word(en.reason, 'lunch')).toBe('Lunch');
    expect(word(en.reason, 'smoke')).toBe('smoke');
    expect(word(en.why, 'OPEN_TICKET', '2')).toBe('2 open');
    expect(word(en.why, 'toString', '2')).toBe('toString 2');
  });
});

const SPOKEN = ['title', 'aria-label', 'aria-valuetext', 'placeholder', 'alt', 'label', 'sureLabel', 'what', 'then', 'hint', 'reason'];
const LETTER = /\p{L}/u;

/** Texts that a reader would see and that do not come from the words. */
function literalTexts(name: string, text: string): string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const literal = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && LETTER.test(node.text)) found.push(`${name}: ${node.text}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node) && LETTER.test(node.text)) found.push(`${name}: ${node.text.trim()}`);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) literal(node.expression);
    if (ts.isJsxAttribute(node) && SPOKEN.includes(node.name.getText()) && node.initializer) {
      literal(ts.isJsxExpression(node.initializer) && node.initializer.expression ? node.initializer.expression : node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

describe('the pages', () => {
  it('say nothing that is not in the words', () => {
    expect(sources.length).toBeGreaterThan(30);
    expect(sources.flatMap(({ name, text }) => literalTexts(name, text))).toEqual([]);
  }, 60_000);

  it('would be caught saying something', () => {
    const planted = 'const a = <p title="Hello">World {"there"} {\'·\'}</p>;';
    expect(literalTexts('planted.tsx', planted)).toHaveLength(3);
  });

  it('never turn text into HTML', () => {
    const risky = /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/;
    expect(sources.filter(({ text }) => risky.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('leave no word unused', () => {
    const all = sources.filter(({ name }) => !name.includes('i18n/en') && !name.includes('i18n/zh')).map(({ text }) => text).join('\n');
    const chosen = [
      'state|phase|reason|phone|why|order|service|identity|field|notice|recording',
      'card.level',
      'verify.method',
      'timeline.(outcome|recording)',
      'panel.(by|consent|kinds|languages|fields|facts)',
      'tasks.(views|reason|later)',
      'call.endedBy',
      'demo.caller',
      'numbers.(side|state|step)',
      'alarms.(states|finding|todo)',
      'incidents.(kind|todo|fact|wrong|right)',
      'letters.kind',
      'health.(state|part|well|todo)',
      'trunks.(sources|trusted|side|fields|wrong)',
      'imports.(kinds|about|states|figures|targets)',
      'crms.(comparisonStates|drifts|states|kinds|abilities|ourFields|ways|converts|winners)',
      'pastCall.(outcomes|endedBy|partOutcome|whys)',
      'office.names',
      'team.reason',
      'setup.(sections|kinds|about)',
      'setupForm.(add|parts|days|labels|hints|values|wrong)',
      'phoneCheck.found',
      'quality',
      'transfer.goneTo',
      'consult.(mine|asked)',
      'dial.(state|despite)',
      'notes',
      'theme',
      'keys.(parts|does)',
    ].join('|');
    const byCode = new RegExp(`^((${chosen.replaceAll('.', '\\.')})\\.|trouble\\.(insecure|denied|missing|taken|unplugged|unknown))`);
    const unused = [...english.keys()].filter((key) => !byCode.test(key) && !new RegExp(`\\bw\\.${key}\\b`).test(all));
    expect(unused).toEqual([]);
  });
});
