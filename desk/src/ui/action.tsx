import { Button, Tooltip } from 'antd';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { type Command, spokenKeys } from '../keys/keys';
import { useKey } from '../keys/use-key';
import { KeyCap } from './key-cap';

const SURE_WITHIN = 3_000;

export interface ActionProps {
  readonly label: string;
  /** Its key is shown on the button, and does the same. */
  readonly hotkey?: Command | undefined;
  /** Why it cannot be done now; null when it can. */
  readonly reason?: string | null;
  readonly run: () => unknown;
  readonly look?: 'accent' | 'danger' | 'plain' | 'quiet';
  /** What it means, where the label alone does not say. */
  readonly hint?: string;
  readonly pressed?: boolean;
  readonly block?: boolean;
  /** A menu with keys of its own: the cursor stays out of the text until it is closed, see Menu. */
  readonly opens?: boolean;
  readonly className?: string;
  readonly icon?: ReactNode;
}

/** A button that shows its key, and says why when it cannot be pressed. */
export function Action(props: ActionProps): ReactNode {
  const { label, hotkey, reason = null, run, hint, pressed, opens = false } = props;
  const [busy, start] = useBusy();
  const press = (): void => {
    if (reason === null && !busy) start(run);
  };
  const pressKey = (): boolean => {
    press();
    return opens;
  };
  useKey(hotkey, pressKey, { active: reason === null });
  return <Shown {...props} busy={busy} press={press} label={label} about={reason ?? hint} pressed={pressed} />;
}

/**
 * For what cannot be taken back: the key has to be pressed twice. A click is deliberate enough.
 */
export function SureAction(props: ActionProps & { readonly sureLabel: string }): ReactNode {
  const { hotkey, reason = null, run, sureLabel, label, hint } = props;
  const [busy, start] = useBusy();
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    if (!armed) return;
    const timer = setTimeout(() => setArmed(false), SURE_WITHIN);
    return () => clearTimeout(timer);
  }, [armed]);
  const press = (): void => {
    setArmed(false);
    if (reason === null && !busy) start(run);
  };
  useKey(
    hotkey,
    () => {
      if (!armed) {
        setArmed(true);
        return true;
      }
      press();
      return false;
    },
    { active: reason === null },
  );
  const className = `${props.className ?? ''}${armed ? ' armed' : ''}`;
  return (
    <Shown
      {...props}
      className={className}
      busy={busy}
      press={press}
      label={armed ? sureLabel : label}
      about={reason ?? hint}
      pressed={undefined}
    />
  );
}

interface ShownProps extends Omit<ActionProps, 'pressed'> {
  readonly busy: boolean;
  readonly press: () => void;
  readonly about: string | undefined;
  readonly pressed: boolean | undefined;
}

function Shown({ label, hotkey, reason = null, look = 'plain', busy, press, about, pressed, block, className, icon }: ShownProps): ReactNode {
  const id = useId();
  return (
    <Tooltip title={about} mouseEnterDelay={0.3} destroyOnHidden>
      <Button
        type={look === 'accent' ? 'primary' : look === 'quiet' ? 'text' : 'default'}
        danger={look === 'danger'}
        block={block ?? false}
        className={`action ${reason === null ? '' : 'dimmed'} ${className ?? ''}`}
        aria-disabled={reason !== null}
        aria-busy={busy}
        aria-describedby={about ? id : undefined}
        aria-keyshortcuts={hotkey && spokenKeys(hotkey)}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        onClick={press}
        icon={icon}
      >
        <span className="action-label">{label}</span>
        {hotkey && <KeyCap of={hotkey} />}
        {about && (
          <span id={id} className="unseen">
            {about}
          </span>
        )}
      </Button>
    </Tooltip>
  );
}

/** A command on its way is not sent twice. */
function useBusy(): [boolean, (work: () => unknown) => void] {
  const [busy, setBusy] = useState(false);
  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const start = (work: () => unknown): void => {
    const outcome = work();
    if (!(outcome instanceof Promise)) return;
    setBusy(true);
    void outcome.finally(() => there.current && setBusy(false));
  };
  return [busy, start];
}
