import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { Choices } from '../../ui/choices';
import { useDesk, useLink } from '../../ui/desk-context';
import { Menu } from '../../ui/menu';

const METHODS = ['birth-date', 'last-order', 'address', 'id-last-four', 'security-question', 'call-back', 'known-voice'] as const;

/** How the agent made sure; it is kept with the call, and unmasks the protected fields. */
export function Verify({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const linkDown = useLink().state === 'up' ? null : w.call.linkDown;
  return (
    <Menu
      title={w.verify.title}
      placement="bottomRight"
      label={w.card.verify}
      hotkey="verify"
      hint={w.card.unverifiedMeans}
      reason={linkDown}
    >
      {(close) => (
        <Choices
          label={w.verify.title}
          items={METHODS.map((code) => ({ code, label: w.verify.method[code] }))}
          choose={(method) => {
            close();
            void desk.carryOut({ type: 'verify', callId: call.callId, method });
          }}
        />
      )}
    </Menu>
  );
}
