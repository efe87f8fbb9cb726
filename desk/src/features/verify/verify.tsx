import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { useKey } from '../../keys/use-key';
import { Action } from '../../ui/action';
import { Choices } from '../../ui/choices';
import { useDesk, useLink } from '../../ui/desk-context';

const METHODS = ['birth-date', 'last-order', 'address', 'id-last-four', 'security-question', 'call-back', 'known-voice'] as const;

/** How the agent made sure; it is kept with the call, and unmasks the protected fields. */
export function Verify({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const [asking, setAsking] = useState(false);
  const linkDown = useLink().state === 'up' ? null : w.call.linkDown;
  const choose = (method: string): void => {
    setAsking(false);
    void desk.carryOut({ type: 'verify', callId: call.callId, method });
  };
  return (
    <Popover
      open={asking}
      onOpenChange={setAsking}
      trigger={[]}
      placement="bottomRight"
      destroyOnHidden
      title={w.verify.title}
      content={
        <>
          <CloseOnEscape close={() => setAsking(false)} />
          <Choices
            label={w.verify.title}
            items={METHODS.map((code) => ({ code, label: w.verify.method[code] }))}
            choose={choose}
          />
        </>
      }
    >
      <span>
        <Action
          label={w.card.verify}
          hotkey="v"
          hint={w.card.unverifiedMeans}
          reason={linkDown}
          run={() => setAsking((open) => !open)}
        />
      </span>
    </Popover>
  );
}

function CloseOnEscape({ close }: { readonly close: () => void }): null {
  useKey('Escape', close);
  return null;
}
