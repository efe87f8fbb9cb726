import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { useKey } from '../../keys/use-key';
import { useDesk, useMe } from '../../ui/desk-context';
import { KeyCap } from '../../ui/key-cap';
import { KeyMap } from '../keys/key-map';
import { LanguageSwitch } from '../sign-in/language-switch';

export function MeMenu(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const [keysShown, setKeysShown] = useState(false);
  useKey('?', () => setKeysShown(true));
  const busy = me.state === 'OFFERED' || me.state.startsWith('TALKING');

  const signOut = async (): Promise<void> => {
    if (busy) return;
    desk.notes.flush();
    if (await desk.carryOut({ type: 'signOut' })) await desk.rest.signOut().finally(() => location.reload());
  };

  return (
    <nav className="me-menu" aria-label={w.me.menu}>
      <Button type="text" size="small" onClick={() => setKeysShown(true)} aria-keyshortcuts="?">
        {w.keys.button} <KeyCap name="?" />
      </Button>
      <LanguageSwitch />
      <Button
        type="text"
        size="small"
        className={busy ? 'dimmed' : ''}
        aria-disabled={busy}
        title={busy ? w.me.signOutBusy : ''}
        onClick={() => void signOut()}
      >
        {w.me.signOut}
      </Button>
      <KeyMap open={keysShown} close={() => setKeysShown(false)} />
    </nav>
  );
}
