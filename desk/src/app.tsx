import { StyleProvider } from '@ant-design/cssinjs';
import { ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { Rest, type Session } from './client/rest';
import { Desk } from './desk';
import { DeskPage } from './features/desk-page';
import { Office } from './features/office/office';
import { VisitorContext, visitorOf } from './features/office/visitor';
import { PasswordChange } from './features/sign-in/password-change';
import { SignIn } from './features/sign-in/sign-in';
import { type Disposition, DispositionsContext } from './features/wrap-up/dispositions';
import { Speaking, useWords } from './i18n/language';
import { Keyboard } from './keys/keyboard';
import { KeyboardContext } from './keys/use-key';
import { DeskContext, useHasView } from './ui/desk-context';

const keyboard = new Keyboard();

/** Ant Design writes its styles where nobody sees them: the real ones are in a file (build/antd-css.mjs). */
const nowhere = document.createElement('div');

export function App(): ReactNode {
  useEffect(() => {
    addEventListener('keydown', keyboard.handle);
    return () => removeEventListener('keydown', keyboard.handle);
  }, []);
  return (
    <StyleProvider container={nowhere}>
      <ConfigProvider theme={{ zeroRuntime: true, hashed: false, cssVar: { key: 'cordboard' } }} wave={{ disabled: true }} button={{ autoInsertSpace: false }}>
        <KeyboardContext value={keyboard}>
          <Speaking>
            <Door />
          </Speaking>
        </KeyboardContext>
      </ConfigProvider>
    </StyleProvider>
  );
}

type Entrance =
  | { readonly state: 'asking' }
  | { readonly state: 'out'; readonly ended: boolean }
  | { readonly state: 'in'; readonly desk: Desk | null; readonly session: Session };

/** Who is here: the sign-in, the first password, or the desk. */
function Door(): ReactNode {
  const { w } = useWords();
  const [entrance, setEntrance] = useState<Entrance>({ state: 'asking' });
  const [rest] = useState(() => new Rest(() => setEntrance({ state: 'out', ended: true })));
  const enter = (session: Session, byHand: boolean): void => {
    const takesCalls = session.permissions.includes('TAKE_CALLS') && !session.mustChangePassword;
    const desk = takesCalls ? new Desk(session, rest) : null;
    // the click or key that signs in is what allows the ring to be heard
    if (byHand) desk?.ring.unlock();
    setEntrance({ state: 'in', desk, session });
  };

  useEffect(() => {
    rest.session().then(
      (session) => (session === null ? setEntrance({ state: 'out', ended: false }) : enter(session, false)),
      () => setEntrance({ state: 'out', ended: false }),
    );
  }, [rest]);

  if (entrance.state === 'asking') return <p className="opening">{w.signIn.loading}</p>;
  if (entrance.state === 'out') {
    return <SignIn rest={rest} ended={entrance.ended} signedIn={(session) => enter(session, true)} />;
  }
  const { desk, session } = entrance;
  if (session.mustChangePassword) {
    return <PasswordChange rest={rest} user={session.user.username} changed={(fresh) => enter(fresh, true)} />;
  }
  return <Inside key={session.csrf} desk={desk} session={session} rest={rest} />;
}

interface InsideProps {
  readonly desk: Desk | null;
  readonly session: Session;
  readonly rest: Rest;
}

function Inside({ desk, session, rest }: InsideProps): ReactNode {
  const [dispositions, setDispositions] = useState<readonly Disposition[]>([]);
  useEffect(() => {
    rest.get<{ items: readonly Disposition[] }>('/dispositions').then(({ items }) => setDispositions(items), () => {});
  }, [rest]);
  if (desk === null) return <Office session={session} rest={rest} dispositions={dispositions} />;
  return <OpenDesk desk={desk} dispositions={dispositions} />;
}

function OpenDesk({ desk, dispositions }: { readonly desk: Desk; readonly dispositions: readonly Disposition[] }): ReactNode {
  const [visitor] = useState(() => visitorOf(desk.session, desk.rest));
  useEffect(() => desk.start(), [desk]);
  return (
    <DeskContext value={desk}>
      <VisitorContext value={visitor}>
        <DispositionsContext value={dispositions}>
          <WhenSeen />
        </DispositionsContext>
      </VisitorContext>
    </DeskContext>
  );
}

function WhenSeen(): ReactNode {
  const { w } = useWords();
  return useHasView() ? <DeskPage /> : <p className="opening">{w.signIn.loading}</p>;
}
