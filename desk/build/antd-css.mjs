// Makes src/generated/antd.css: the styles of exactly those Ant Design components that the desk uses, and
// their tokens in both themes. Nothing is styled at run time, so the content security policy needs no
// 'unsafe-inline', a ring paints without computing styles, and the theme follows the system by itself.
import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs';
import * as antd from 'antd';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createElement as h } from 'react';
import { renderToString } from 'react-dom/server';

const root = new URL('..', import.meta.url);
const tokens = JSON.parse(readFileSync(new URL('src/theme/antd-tokens.json', root), 'utf8'));

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

function extract(used, algorithm, look, types) {
  const cache = createCache();
  const theme = { algorithm, token: { ...tokens.common, ...look }, hashed: false, cssVar: { key: 'cordboard' } };
  const samples = used.map((name) => h('div', { key: name }, (SAMPLES[name] ?? unknown(name))()));
  renderToString(h(StyleProvider, { cache }, h(antd.ConfigProvider, { theme }, ...samples)));
  return extractStyle(cache, { plain: true, types });
}

function unknown(name) {
  throw new Error(`build/antd-css.mjs: add a sample of ${name}, or its styles will be missing`);
}

const used = usedComponents();
const light = extract(used, antd.theme.defaultAlgorithm, tokens.light, ['style', 'token', 'cssVar']);
const dark = extract(used, antd.theme.darkAlgorithm, tokens.dark, ['token', 'cssVar']);
const out = new URL('src/generated/antd.css', root);
mkdirSync(new URL('.', out), { recursive: true });
writeFileSync(out, `/* Made by build/antd-css.mjs. */\n${light}\n@media (prefers-color-scheme: dark) {\n${dark}\n}\n`);
