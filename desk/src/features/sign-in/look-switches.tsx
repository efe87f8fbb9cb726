import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language';
import { chooseTheme, nextTheme, useTheme } from '../../ui/theme';
import { LanguageSwitch } from './language-switch';

/** How this browser shows the desk: its language, light or dark. */
export function LookSwitches(): ReactNode {
  const { w } = useWords();
  const theme = useTheme();
  return (
    <>
      <LanguageSwitch />
      <Button type="text" className="theme" title={w.theme.means} onClick={() => chooseTheme(nextTheme(theme))}>
        {w.theme[theme]}
      </Button>
    </>
  );
}
