import type { SectionName, SetupWrong } from '../../client/setup';
import { type Words, word } from '../../i18n/words';
import { SECTIONS } from './entries';

/** Where on the pages something is wrong. */
export interface WrongPlace {
  readonly section: SectionName | null;
  /** Of the entry; null where it is the section's. */
  readonly index: number | null;
  /** The entry's field; null where it is the whole entry's. */
  readonly field: string | null;
  /** Further in, such as `2/from`. */
  readonly within: string;
}

const MISSING = /^'(\w+)' is missing\.$/;

/** The field to which a path such as `lines/0/queue` leads. */
export function placeOf({ path, detail }: Pick<SetupWrong, 'path' | 'detail'>): WrongPlace {
  const [first = '', at, ...rest] = path.split('/');
  const section = SECTIONS.find((name) => name === first) ?? null;
  const index = at !== undefined && /^\d+$/.test(at) ? Number(at) : null;
  // what is missing is told of what it is missing in
  const missing = MISSING.exec(detail)?.[1];
  const parts = missing === undefined ? rest : [...rest, missing];
  return { section, index, field: index === null ? null : (parts[0] ?? null), within: parts.slice(1).join('/') };
}

/** Those of one entry of a section. */
export function wrongOf(wrong: readonly SetupWrong[], section: SectionName, index: number): readonly SetupWrong[] {
  return wrong.filter((one) => {
    const place = placeOf(one);
    return place.section === section && place.index === index;
  });
}

const TOLD: readonly (readonly [RegExp, keyof Words['setupForm']['wrong']])[] = [
  [MISSING, 'missing'],
  [/^Here belongs a text\.$/, 'missing'],
  [/write a whole number from (\d+) to (\d+)\.$/, 'number'],
  [/write 1 to 40 small letters, digits and dashes\.$/, 'id'],
  [/stands in the file twice, first at/, 'twice'],
  [/stands here twice: take one away\.$/, 'twiceHere'],
  [/^There is no (?:\w+) '(.*?)': add it/, 'unknown'],
  [/^The queue '.*' has no agents/, 'noAgents'],
  [/may not take calls: give this user/, 'mayNotTake'],
  [/^These hours never open/, 'neverOpen'],
  [/^It never opens: 'to' must be later/, 'toLater'],
  [/is no time: write it in quotes/, 'time'],
  [/is no date: write such as/, 'date'],
  [/is no time zone: write such as/, 'zone'],
  [/is no number of a line: write it in E\.164/, 'did'],
  [/^A recorded line must announce it/, 'announce'],
  [/is no language: write such as/, 'language'],
  [/^The phone (\S+) on the switch (\S+) belongs to (\S+) too/, 'phoneTaken'],
  [/^The second phone has to be of another kind/, 'sameKind'],
  [/^No active administrator would be left/, 'lastAdministrator'],
  [/^Nobody would hear of it: it is offered where/, 'announceFirst'],
  [/write one digit from '0' to '8'/, 'digit'],
  [/^A choice has 2 to (\d+) choices\.$/, 'choices'],
  [/stands more than (\d+) levels deep, or in itself/, 'levels'],
  [/^The text has (\d+) characters; (\d+) are allowed\.$/, 'tooLong'],
];

/** What is wrong, in the reader's language; as the server says it where these pages do not know it. */
export function wrongWords(detail: string, w: Words): string {
  for (const [pattern, key] of TOLD) {
    const found = pattern.exec(detail);
    if (found !== null) return word(w.setupForm.wrong, key, found.slice(1).join(' – '));
  }
  return detail;
}
