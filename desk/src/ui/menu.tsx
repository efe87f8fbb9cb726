import { Popover } from 'antd';
import { type ReactNode, use, useEffect, useState } from 'react';
import { KeyboardContext, useKey } from '../keys/use-key';
import { Action, type ActionProps } from './action';

interface MenuProps extends Omit<ActionProps, 'run' | 'opens'> {
  readonly title: string;
  readonly placement: 'top' | 'bottomLeft' | 'bottomRight';
  /** The class of what is around the button. */
  readonly around?: string;
  /** What is shown, and how it closes itself. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens something with keys of its own; it closes by Esc, and when it cannot be done any more. */
export function Menu({ title, placement, around, children, ...action }: MenuProps): ReactNode {
  const [open, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <Popover
      open={open && (action.reason ?? null) === null}
      onOpenChange={setOpen}
      trigger={[]}
      placement={placement}
      destroyOnHidden
      title={title}
      content={
        <>
          <MenuKeys close={close} />
          {children(close)}
        </>
      }
    >
      <span className={around}>
        <Action {...action} opens run={() => setOpen((shown) => !shown)} />
      </span>
    </Popover>
  );
}

/** Esc closes it, and when it is gone the cursor is where it was before it was opened. */
function MenuKeys({ close }: { readonly close: () => void }): null {
  const keyboard = use(KeyboardContext);
  useKey('back', close);
  useEffect(() => () => keyboard.backToText(), [keyboard]);
  return null;
}
