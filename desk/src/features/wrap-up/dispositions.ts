import { createContext, use } from 'react';
import { useWords } from '../../i18n/language';

export interface Disposition {
  readonly code: string;
  readonly labelZh: string;
  readonly labelEn: string;
}

/** The outcomes that an administrator has set up. */
export const DispositionsContext = createContext<readonly Disposition[]>([]);

export function useDispositions(): { items: readonly { code: string; label: string }[]; labelOf: (code: string) => string } {
  const { language } = useWords();
  const items = use(DispositionsContext).map(({ code, labelZh, labelEn }) => ({
    code,
    label: language === 'zh' ? labelZh : labelEn,
  }));
  return { items, labelOf: (code) => items.find((item) => item.code === code)?.label ?? code };
}
