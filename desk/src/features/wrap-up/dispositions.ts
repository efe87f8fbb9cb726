import { createContext, use } from 'react';
import { useWords } from '../../i18n/language';

export interface Disposition {
  readonly code: string;
  readonly labelZh: string;
  readonly labelEn: string;
  /** Code of the group that it stands in. */
  readonly group: string | null;
}

export interface Field {
  readonly id: string;
  readonly labelZh: string;
  readonly labelEn: string;
  readonly kind: 'TEXT' | 'NUMBER' | 'DATE' | 'CHOICE';
  readonly required: boolean;
  readonly choices: readonly string[];
  /** Numbers of lines; none are all. */
  readonly lines: readonly string[];
}

export interface Template {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly lines: readonly string[];
}

/** What an agent fills in when a talk is over, as an administrator has set it up. */
export interface OutcomeForm {
  readonly items: readonly Disposition[];
  readonly fields: readonly Field[];
  readonly templates: readonly Template[];
}

export const NO_FORM: OutcomeForm = { items: [], fields: [], templates: [] };

export const OutcomeContext = createContext<OutcomeForm>(NO_FORM);

/** What is for these lines, of which none are all. */
export function on<T extends { readonly lines: readonly string[] }>(line: string | null, all: readonly T[]): readonly T[] {
  return all.filter(({ lines }) => lines.length === 0 || (line !== null && lines.includes(line)));
}

/** The groups around a disposition and itself, the outermost first; a broken or endless chain ends. */
export function pathOf(items: readonly Disposition[], code: string): readonly Disposition[] {
  const path: Disposition[] = [];
  let next = items.find((item) => item.code === code);
  while (next !== undefined && !path.includes(next)) {
    path.unshift(next);
    const { group } = next;
    next = items.find((item) => item.code === group);
  }
  return path;
}

interface Labelled {
  readonly code: string;
  readonly label: string;
}

interface Choosable extends Labelled {
  /** Others stand in it: it is opened, not chosen. */
  readonly isGroup: boolean;
}

interface Outcomes {
  readonly fields: readonly Field[];
  readonly templates: readonly Template[];
  /** Whether there is anything to choose. */
  readonly any: boolean;
  in(group: string | null): readonly Choosable[];
  /** All that can be chosen, whatever group they stand in; also this one, which may not be set up any more. */
  every(also: string | null): readonly Labelled[];
  /** The codes of the groups around it and its own. */
  path(code: string): readonly string[];
  /** With the groups around it. */
  labelOf(code: string): string;
  fieldLabel(id: string): string;
}

export function useOutcomes(): Outcomes {
  const { language } = useWords();
  const { items, fields, templates } = use(OutcomeContext);
  const label = ({ labelZh, labelEn }: { readonly labelZh: string; readonly labelEn: string }): string =>
    language === 'zh' ? labelZh : labelEn;
  const labelOf = (code: string): string => pathOf(items, code).map(label).join(' › ') || code;
  return {
    fields,
    templates,
    any: items.length > 0,
    in: (group) =>
      items
        .filter((item) => item.group === group)
        .map((item) => ({
          code: item.code,
          label: label(item),
          isGroup: items.some((other) => other.group === item.code),
        })),
    path: (code) => pathOf(items, code).map((one) => one.code),
    every: (also) => {
      const codes = items.filter((item) => !items.some((other) => other.group === item.code)).map(({ code }) => code);
      const all = also === null ? ['', ...codes] : codes.includes(also) ? codes : [also, ...codes];
      return all.map((code) => ({ code, label: code === '' ? '—' : labelOf(code) }));
    },
    labelOf,
    fieldLabel: (id) => {
      const field = fields.find((one) => one.id === id);
      return field === undefined ? id : label(field);
    },
  };
}
