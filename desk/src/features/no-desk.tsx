import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { Rest, Session } from '../client/rest';
import { useWords } from '../i18n/language';
import { TryNumber } from './numbers/try-number';
import { LanguageSwitch } from './sign-in/language-switch';
import { Brand } from './sign-in/sign-in';

/** An account without a desk, such as the administrator's. */
export function NoDesk({ session, rest }: { readonly session: Session; readonly rest: Rest }): ReactNode {
  const { w } = useWords();
  return (
    <main className="door">
      <div className="door-form">
        <Brand />
        <h1>{w.noDesk.title(session.user.name)}</h1>
        <p className="door-word">{w.noDesk.text}</p>
        <Button size="large" block onClick={() => void rest.signOut().finally(() => location.reload())}>
          {w.me.signOut}
        </Button>
        {session.permissions.includes('TRY_NUMBERS') && <TryNumber rest={rest} />}
      </div>
      <LanguageSwitch />
    </main>
  );
}
