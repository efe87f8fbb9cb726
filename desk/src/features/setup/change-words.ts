import type { SetupChange } from '../../client/setup';
import { type Language, type Words, word } from '../../i18n/words';

/** One part of an entry that is not as it was, for people. */
export interface Said {
  readonly field: string;
  readonly text: string;
}

/** Fields that have several values: what came and what went is said, not the whole. */
const SEVERAL: readonly string[] = ['agents', 'teams', 'grants', 'choices', 'lines', 'holidays', 'week', 'outsidePrefixes', 'ownNumbers', 'rewrites', 'lineFrom'];

/** Words of the file that people read in their own language. */
const SPOKEN: readonly string[] = ['role', 'grants', 'kind', 'waiting', 'recorded', 'required', 'active', 'autoAnswer', 'trustAsserted'];

/** Several as one says them: with commas, and an `and` before the last. */
export function listed(texts: readonly string[], language: Language): string {
  return new Intl.ListFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { type: 'conjunction' }).format(texts);
}

/** What changes, sentence by sentence. */
export function changeWords(change: SetupChange, w: Words, language: Language): readonly Said[] {
  if (change.kind === 'REMOVED') return [];
  return change.fields.map(({ name, gone, come }) => ({ field: word(w.setupForm.labels, name), text: sentence(name, gone, come, { w, language }) }));
}

interface Speech {
  readonly w: Words;
  readonly language: Language;
}

function sentence(name: string, gone: readonly string[], come: readonly string[], { w, language }: Speech): string {
  const said = (texts: readonly string[]): string => listed(texts.map((text) => valueWords(name, text, w, language)), language);
  if (gone.length === 0 && come.length === 0) return w.setupForm.none;
  if (gone.length === 0) return SEVERAL.includes(name) ? w.setupForm.comes(said(come)) : said(come);
  if (come.length === 0) return SEVERAL.includes(name) ? w.setupForm.goes(said(gone)) : w.setupForm.nothingNow(said(gone));
  return SEVERAL.includes(name) ? w.setupForm.comesAndGoes(said(come), said(gone)) : w.setupForm.instead(said(gone), said(come));
}

/** A value of the file for people. */
export function valueWords(name: string, text: string, w: Words, language: Language): string {
  if (SPOKEN.includes(name)) return word(w.setupForm.values, text);
  if (name === 'week') return text.replace(/days: \[?(.*?)\]?, from: (\S+), to: (\S+)/, (_, days: string, from: string, to: string) => `${daysWords(days, w, language)} ${from}–${to}`);
  if (name === 'holidays') return text.replace(/^date: /, '').replace(/, label: /, ' ').replace(/, from: (\S+), to: (\S+)$/, ' $1–$2');
  if (name === 'phone' || name === 'sparePhone') return text.replace(/^switch: (\S+), extension: (\S+), kind: (\S+)$/, (_, on: string, at: string, kind: string) => `${at} (${on}, ${word(w.setupForm.values, kind)})`);
  if (/^version: .*, language: .*, text: /s.test(text)) return `“${text.replace(/^version: .*?, language: .*?, text: /s, '')}”`;
  return text;
}

/** `mon-fri` and `mon, tue` for people. */
export function daysWords(days: string, w: Words, language: Language): string {
  const parts = days.split(', ').map((part) => part.split('-').map((day) => word(w.setupForm.days, day)).join(w.setupForm.till));
  return listed(parts, language);
}
