import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { spokenKeys } from '../../keys/keys';
import { useKey } from '../../keys/use-key';
import { useDesk, useMe } from '../../ui/desk-context';
import { KeyCap } from '../../ui/key-cap';
import { KeyMap } from '../keys/key-map';
import { LookSwitches } from '../sign-in/look-switches';

export function MeMenu(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const [keysShown, setKeysShown] = useState(false);
  useKey('help', () => setKeysShown(true));
  useKey('phone', () => desk.panel.phone());
  const busy = me.state === 'OFFERED' || me.state.startsWith('TALKING');

  const signOut = async (): Promise<void> => {
    if (busy) return;
    desk.notes.flush();
    if (await desk.carryOut({ type: 'signOut' })) await desk.rest.signOut().finally(() => location.reload());
  };

  return (
    <nav className="me-menu" aria-label={w.me.menu}>
      <Button type="text" size="small" onClick={() => setKeysShown(true)} aria-keyshortcuts={spokenKeys('help')}>
        {w.keys.button} <KeyCap of="help" />
      </Button>
      <Button type="text" size="small" onClick={() => desk.panel.phone()} aria-keyshortcuts={spokenKeys('phone')}>
        {w.phoneCheck.button} <KeyCap of="phone" />
      </Button>
      <LookSwitches />
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
