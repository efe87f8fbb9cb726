import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { en } from './en';
import type { Language, Words } from './words';
import { zh } from './zh';

export interface Spoken {
  readonly language: Language;
  /** For dates, numbers and money. */
  readonly locale: string;
  /** Numbers of this country code are written as they are dialled at home. */
  readonly home: string | null;
  readonly w: Words;
  readonly speak: (language: Language) => void;
}

const KEPT = 'cordboard.language';
const WORDS: Readonly<Record<Language, Words>> = { en, zh };
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

const SpokenContext = createContext<Spoken | null>(null);

export function useWords(): Spoken {
  const spoken = use(SpokenContext);
  if (spoken === null) throw new Error('No language around this component.');
  return spoken;
}

function first(): Language {
  const kept = localStorage.getItem(KEPT);
  if (kept === 'en' || kept === 'zh') return kept;
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}

export function Speaking({ children, start }: { readonly children: ReactNode; readonly start?: Language }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => start ?? first());
  useEffect(() => {
    document.documentElement.lang = LOCALES[language];
  }, [language]);
  const spoken = useMemo<Spoken>(
    () => ({
      language,
      locale: LOCALES[language],
      home: language === 'zh' ? '86' : null,
      w: WORDS[language],
      speak: (chosen) => {
        localStorage.setItem(KEPT, chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
}
