import { en } from './en';

type Sentence = (...values: never[]) => string;

/** A language with the keys of `From`: sentences take the same values, everything else is a text. */
type Same<From> = {
  readonly [Key in keyof From]: From[Key] extends Sentence
    ? (...values: Parameters<From[Key]>) => string
    : From[Key] extends string
      ? string
      : Same<From[Key]>;
};

export type Words = Same<typeof en>;

export type Language = 'en' | 'zh';

/**
 * The words for a code that came from the server: an administrator's own codes, and those of a newer
 * server, have none and stand as they are.
 */
export function word(words: object, code: string, value = ''): string {
  const known: unknown = Object.hasOwn(words, code) ? (words as Record<string, unknown>)[code] : undefined;
  if (typeof known === 'function') return String((known as (value: string) => unknown)(value));
  return typeof known === 'string' ? known : value === '' ? code : `${code} ${value}`;
}
