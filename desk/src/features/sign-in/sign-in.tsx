import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { DeskFault } from '../../client/faults';
import type { Rest, Session } from '../../client/rest';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { LookSwitches } from './look-switches';

interface SignInProps {
  readonly rest: Rest;
  /** The session ended under the agent's hands. */
  readonly ended: boolean;
  /** From a click or a key: sound is allowed from now on. */
  readonly signedIn: (session: Session) => void;
}

export function SignIn({ rest, ended, signedIn }: SignInProps): ReactNode {
  const { w } = useWords();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      signedIn(await rest.signIn(String(form.get('user')), String(form.get('password'))));
    } catch (error) {
      setWrong(whySignInFailed(error, w));
      setBusy(false);
    }
  };

  return (
    <main className="door">
      <form className="door-form" onSubmit={(event) => void submit(event)}>
        <Brand />
        <h1>{w.signIn.title}</h1>
        {ended && <p className="door-word">{w.signIn.ended}</p>}
        <label>
          {w.signIn.user}
          <Input name="user" autoComplete="username" autoFocus required size="large" dir="auto" />
        </label>
        <label>
          {w.signIn.password}
          <Input.Password name="password" autoComplete="current-password" required size="large" />
        </label>
        <p className="door-wrong" role="alert">
          {wrong}
        </p>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {w.signIn.submit}
        </Button>
      </form>
      <div className="row">
        <LookSwitches />
      </div>
    </main>
  );
}

export function Brand(): ReactNode {
  const { w } = useWords();
  return (
    <p className="brand">
      <img src="/icon.svg" alt="" width="28" height="28" /> {w.product}
    </p>
  );
}

function whySignInFailed(error: unknown, w: Words): string {
  if (!(error instanceof DeskFault) || error.type === 'desk:link-down') return w.signIn.unreachable;
  return error.type === '/problems/unauthenticated' ? w.signIn.wrong : error.message;
}
