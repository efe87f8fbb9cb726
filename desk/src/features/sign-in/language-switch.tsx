import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language';

export function LanguageSwitch(): ReactNode {
  const { w, language, speak } = useWords();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other} onClick={() => speak(other)} className="language">
      {w.language.other}
    </Button>
  );
}
