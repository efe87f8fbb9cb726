import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import antd from '../src/theme/antd-tokens.json';
import colours from '../src/theme/colours.json';

type Name = keyof typeof colours;

/** Grounds that ordinary text stands on: the page, what lies on it, and the line under the pointer. */
const GROUNDS: readonly Name[] = ['page', 'surface', 'raised', 'hover'];

/** What is written, on what. */
const TEXT: Readonly<Partial<Record<Name, readonly Name[]>>> = {
  ink: [...GROUNDS, 'said-agent', 'said-customer', 'offered-ground'],
  'ink-soft': [...GROUNDS, 'said-agent', 'said-customer', 'offered-ground'],
  'ink-faint': [...GROUNDS, 'said-agent', 'said-customer', 'offered-ground'],
  accent: [...GROUNDS, 'said-agent'],
  ready: GROUNDS,
  offered: [...GROUNDS, 'offered-ground'],
  talking: GROUNDS,
  held: GROUNDS,
  'wrap-up': GROUNDS,
  'accent-hover': GROUNDS,
  danger: [...GROUNDS, 'warning-ground', 'grave-ground'],
  'danger-hover': GROUNDS,
  gold: GROUNDS,
  platinum: GROUNDS,
  silver: GROUNDS,
  'on-accent': ['accent', 'accent-hover'],
  'on-danger': ['danger', 'danger-hover'],
  'warning-ink': ['warning-ground'],
  'grave-ink': ['grave-ground'],
};

/** What is drawn and must be seen: the edge of a field, the ring around what has the focus. */
const DRAWN: readonly Name[] = ['edge', 'focus'];

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Pairs of colours that are too close to each other, in words. */
function tooClose(front: Name, ground: Name, least: number): string[] {
  return ['light', 'dark'].flatMap((theme, at) => {
    const measured = contrast(String(colours[front][at]), String(colours[ground][at]));
    return measured < least ? [`${front} on ${ground}, ${theme}: ${measured.toFixed(2)}`] : [];
  });
}

describe('the colours', () => {
  it('of text stand out from their grounds by 4.5 to 1 in both themes', () => {
    const pairs = Object.entries(TEXT).flatMap(([front, grounds]) => grounds.map((ground) => [front as Name, ground] as const));
    expect(pairs.flatMap(([front, ground]) => tooClose(front, ground, 4.5))).toEqual([]);
  });

  it('of edges and of the focus stand out by 3 to 1 in both themes', () => {
    expect(DRAWN.flatMap((front) => GROUNDS.flatMap((ground) => tooClose(front, ground, 3)))).toEqual([]);
  });

  it('are measured as WCAG measures', () => {
    expect(contrast('#000000', '#ffffff')).toBe(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it('of Ant Design are the same', () => {
    expect(Object.values(antd.colours).filter((name) => !Object.hasOwn(colours, name))).toEqual([]);
  });

  it('stand nowhere but in their own file', () => {
    const files = readdirSync('src', { recursive: true, withFileTypes: true }).filter((file) => !file.parentPath.includes('generated'));
    const found = (ending: RegExp, colour: RegExp): string[] =>
      files
        .filter((file) => ending.test(file.name))
        .flatMap((file) => [...readFileSync(`${file.parentPath}/${file.name}`, 'utf8').matchAll(colour)].map(([text]) => `${file.name}: ${text}`));
    expect(found(/\.css$/, /#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|oklch|lab)\(|:\s*(white|black|gr[ae]y|red|green|blue)\s*;/gi)).toEqual([]);
    expect(found(/\.tsx?$/, /(['"`])#[0-9a-f]{3,8}\1|\b(rgba?|hsla?)\(\d/gi)).toEqual([]);
  });

  it('are used, each of them', () => {
    const css = readdirSync('src/theme').filter((name) => name.endsWith('.css')).map((name) => readFileSync(`src/theme/${name}`, 'utf8')).join('\n');
    const antdOnes: readonly string[] = Object.values(antd.colours);
    expect(Object.keys(colours).filter((name) => !css.includes(`var(--${name})`) && !antdOnes.includes(name))).toEqual([]);
  });
});
