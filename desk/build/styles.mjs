// Makes src/generated/colours.css from src/theme/colours.json, and src/generated/antd.css: the styles of exactly
// those Ant Design components that the desk uses, and their tokens. Nothing is styled at run time, so the content
// security policy needs no 'unsafe-inline', and a ring paints without computing styles. Both themes are in both
// files: the system decides, or <html data-theme> where somebody chose.
import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs';
import * as antd from 'antd';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createElement as h } from 'react';
import { renderToString } from 'react-dom/server';

const root = new URL('..', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`src/theme/${name}`, root), 'utf8'));
const tokens = read('antd-tokens.json');
const colours = read('colours.json');
/** Where a colour stands in colours.json. */
const LIGHT = 0;
const DARK = 1;

/** One of each, with what makes its styles complete. */
const SAMPLES = {
  Button: () => h(antd.Button, null, 'x'),
  Input: () => [h(antd.Input, { key: 1 }), h(antd.Input.Password, { key: 2 }), h(antd.Input.TextArea, { key: 3 })],
  Popover: () => h(antd.Popover, { content: 'x' }, h('i')),
  Segmented: () => h(antd.Segmented, { options: ['x'] }),
  Tooltip: () => h(antd.Tooltip, { title: 'x' }, h('i')),
};
const PLAIN = ['ConfigProvider'];

function usedComponents() {
  const files = readdirSync(new URL('src', root), { recursive: true, withFileTypes: true });
  const sources = files.filter((file) => /\.tsx?$/.test(file.name)).map((file) => readFileSync(`${file.parentPath}/${file.name}`, 'utf8'));
  const imports = sources.flatMap((text) => [...text.matchAll(/import \{([^}]*)\} from 'antd'/g)].map((match) => match[1]));
  const names = imports.flatMap((list) => list.split(',')).map((name) => name.trim()).filter((name) => name && !name.startsWith('type '));
  return [...new Set(names)].filter((name) => !PLAIN.includes(name)).sort();
}

function extract(used, algorithm, at, types) {
  const cache = createCache();
  const look = Object.fromEntries(Object.entries(tokens.colours).map(([token, name]) => [token, colours[name][at]]));
  const theme = { algorithm, token: { ...tokens.common, ...look }, hashed: false, cssVar: { key: 'cordboard' } };
  const samples = used.map((name) => h('div', { key: name }, (SAMPLES[name] ?? unknown(name))()));
  renderToString(h(StyleProvider, { cache }, h(antd.ConfigProvider, { theme }, ...samples)));
  return extractStyle(cache, { plain: true, types });
}

function unknown(name) {
  throw new Error(`build/styles.mjs: add a sample of ${name}, or its styles will be missing`);
}

/** What holds in the dark: where the system is dark and nobody chose otherwise, or where somebody chose it. */
function inTheDark(rules) {
  const unchosen = ":root:not([data-theme='light'])";
  return `@media (prefers-color-scheme: dark) {\n${unchosen} {\n${rules}\n}\n}\n:root[data-theme='dark'] {\n${rules}\n}\n`;
}

/** As if each rule began below the root, which is one of Ant Design's own elements here. */
function nested(rules) {
  return rules.replaceAll('.cordboard{', '&.cordboard,.cordboard{');
}

function variables(at, scheme) {
  return [`  color-scheme: ${scheme};`, ...Object.entries(colours).map(([name, values]) => `  --${name}: ${values[at]};`)].join('\n');
}

function write(name, text) {
  writeFileSync(new URL(name, out), `/* Made by build/styles.mjs. */\n${text}`);
}

const used = usedComponents();
const light = extract(used, antd.theme.defaultAlgorithm, LIGHT, ['style', 'token', 'cssVar']);
const dark = extract(used, antd.theme.darkAlgorithm, DARK, ['token', 'cssVar']);
const out = new URL('src/generated/', root);
mkdirSync(out, { recursive: true });
write('antd.css', `${light}\n${inTheDark(nested(dark))}`);
write('colours.css', `:root {\n${variables(LIGHT, 'light')}\n}\n` + inTheDark(variables(DARK, 'dark')));
