import type { Entry, Sections } from '../../client/setup';
import { type Language, type Words, word } from '../../i18n/words';
import { daysWords, listed } from './change-words';
import { labelOf, nameOf } from './entries';
import type { FormSection } from './shape';
import { weekWords } from './week';

/** What a list tells of an entry beside its name. */
export function summaryOf(section: FormSection, entry: Entry, sections: Sections, w: Words, language: Language): string {
  const parts = ABOUT[section](entry, { sections, w, language });
  return parts.filter((part) => part !== '').join(' · ');
}

interface Around {
  readonly sections: Sections;
  readonly w: Words;
  readonly language: Language;
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);

function said(section: 'teams' | 'queues' | 'hours' | 'lines', name: string, { sections, language }: Around): string {
  const entry = (sections[section] ?? []).find((one) => nameOf(section, one) === name);
  return entry === undefined ? name : labelOf(section, entry, language);
}

/** Who serves a queue, by name or by team. */
export function servedBy(queue: Entry, users: readonly Entry[]): readonly string[] {
  const teams = listOf(queue['teams']);
  const named = listOf(queue['agents']);
  const byTeam = users.filter((user) => teams.includes(textOf(user['team']))).map((user) => nameOf('users', user));
  return [...new Set([...named, ...byTeam])];
}

/** The lines on which it stands; all where none is named. */
function onLines(entry: Entry, around: Around): string {
  const lines = listOf(entry['lines']);
  return lines.length === 0 ? around.w.setupForm.everyLine : listed(lines.map((line) => said('lines', line, around)), around.language);
}

const ABOUT: Readonly<Record<FormSection, (entry: Entry, around: Around) => readonly string[]>> = {
  users: (entry, around) => [
    nameOf('users', entry),
    word(around.w.setupForm.values, textOf(entry['role'])),
    entry['team'] === undefined ? '' : said('teams', textOf(entry['team']), around),
    entry['active'] === false ? around.w.setupForm.off : '',
  ],
  teams: (entry, { sections, w }) => [sections.users === undefined ? '' : w.setupForm.members(sections.users.filter((user) => user['team'] === entry['id']).length)],
  queues: (entry, around) => [
    around.sections.users === undefined ? '' : around.w.setupForm.agents(servedBy(entry, around.sections.users).length),
    ...listOf(entry['teams']).map((team) => said('teams', team, around)),
  ],
  hours: (entry, { w, language }) => [...weekWords(entry['week'], (day) => daysWords(day, w, language), w.setupForm.till), textOf(entry['zone'])],
  lines: (entry, around) => [
    nameOf('lines', entry),
    said('queues', textOf(entry['queue']), around),
    entry['hours'] === undefined ? around.w.setupForm.always : said('hours', textOf(entry['hours']), around),
  ],
  dispositions: (entry, { language }) => [textOf(entry[language === 'en' ? 'zh' : 'en'])],
  fields: (entry, around) => [word(around.w.setupForm.values, textOf(entry['kind'])), entry['required'] === true ? around.w.setupForm.labels.required : '', onLines(entry, around)],
  templates: (entry, around) => [textOf(entry['text']).slice(0, 60), onLines(entry, around)],
};
