import { type ReactNode, useEffect, useState } from 'react';
import { Rest, type Session } from './client/rest';
import { Desk } from './desk';
import { DeskPage } from './features/desk-page';
import { Office } from './features/office/office';
import { VisitorContext, visitorOf } from './features/office/visitor';
import { PasswordChange } from './features/sign-in/password-change';
import { SignIn } from './features/sign-in/sign-in';
import { NO_FORM, OutcomeContext, type OutcomeForm } from './features/wrap-up/dispositions';
import { useWords } from './i18n/language';
import { Keyboard } from './keys/keyboard';
import { KeyboardContext } from './keys/use-key';
import { Shell } from './shell';
import { Action } from './ui/action';
import { DeskContext, useDesk, useHasView, useLink } from './ui/desk-context';
import { Trouble } from './ui/trouble';

const keyboard = new Keyboard();

export function App(): ReactNode {
  useEffect(() => {
    addEventListener('keydown', keyboard.handle);
    return () => removeEventListener('keydown', keyboard.handle);
  }, []);
  return (
    <KeyboardContext value={keyboard}>
      <Shell>
        <Door />
      </Shell>
    </KeyboardContext>
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
  const [form, setForm] = useState(NO_FORM);
  useEffect(() => {
    rest.get<OutcomeForm>('/dispositions').then(setForm, () => {});
  }, [rest]);
  if (desk === null) return <Office session={session} rest={rest} form={form} />;
  return <OpenDesk desk={desk} form={form} />;
}

function OpenDesk({ desk, form }: { readonly desk: Desk; readonly form: OutcomeForm }): ReactNode {
  const [visitor] = useState(() => visitorOf(desk.session, desk.rest, desk.team));
  useEffect(() => desk.start(), [desk]);
  return (
    <DeskContext value={desk}>
      <VisitorContext value={visitor}>
        <OutcomeContext value={form}>
          <WhenSeen />
        </OutcomeContext>
      </VisitorContext>
    </DeskContext>
  );
}

function WhenSeen(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { state } = useLink();
  if (useHasView()) return <DeskPage />;
  return (
    <div className="opening">
      {state === 'down' ? (
        <Trouble grave what={w.trouble.notOpened} then={w.trouble.notOpenedDo}>
          <Action label={w.trouble.retryNow} hotkey="link" run={() => desk.retryLink()} />
        </Trouble>
      ) : (
        <p>{w.signIn.loading}</p>
      )}
    </div>
  );
}
