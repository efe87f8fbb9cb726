import { Button, Input } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import { asFault } from '../../client/faults';
import type { Rest, Session } from '../../client/rest';
import { useWords } from '../../i18n/language';
import { LookSwitches } from './look-switches';
import { Brand } from './sign-in';

interface PasswordChangeProps {
  readonly rest: Rest;
  readonly user: string;
  readonly changed: (session: Session) => void;
}

/** A password that somebody else has seen opens nothing but this page. */
export function PasswordChange({ rest, user, changed }: PasswordChangeProps): ReactNode {
  const { w } = useWords();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const fresh = String(form.get('fresh'));
    if (fresh !== String(form.get('repeat'))) {
      setWrong(w.signIn.differ);
      return;
    }
    setBusy(true);
    try {
      changed(await rest.changePassword(String(form.get('current')), fresh));
    } catch (error) {
      setWrong(asFault(error).message);
      setBusy(false);
    }
  };

  return (
    <main className="door">
      <form className="door-form" onSubmit={(event) => void submit(event)}>
        <Brand />
        <h1>{w.signIn.changeTitle}</h1>
        <p className="door-word">
          {w.signIn.changeWhy} {w.signIn.rule}
        </p>
        <input type="hidden" name="user" autoComplete="username" value={user} readOnly />
        <label>
          {w.signIn.current}
          <Input.Password name="current" autoComplete="current-password" autoFocus required size="large" />
        </label>
        <label>
          {w.signIn.fresh}
          <Input.Password name="fresh" autoComplete="new-password" required minLength={10} size="large" />
        </label>
        <label>
          {w.signIn.repeat}
          <Input.Password name="repeat" autoComplete="new-password" required size="large" />
        </label>
        <p className="door-wrong" role="alert">
          {wrong}
        </p>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {w.signIn.change}
        </Button>
      </form>
      <div className="row">
        <LookSwitches />
      </div>
    </main>
  );
}
