import { Popover } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Me } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { useKey } from '../../keys/use-key';
import { Action } from '../../ui/action';
import { Choices } from '../../ui/choices';
import { useDesk, useLink, useMe } from '../../ui/desk-context';

const REASONS = ['break', 'lunch', 'meeting', 'training', 'desk'] as const;

/** Ready or not: the one thing that only the agent decides. */
export function Presence(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const linkDown = useLink().state === 'up' ? null : w.call.linkDown;
  const inCall = isInCall(me);
  const breakNext = me.state.endsWith('BREAK_NEXT');

  const goReady = (): Promise<boolean> => {
    // a click is what lets the browser ring
    desk.ring.unlock();
    return desk.carryOut({ type: 'ready' });
  };
  const takeBreak = (reason: string): void => {
    setAsking(false);
    void desk.carryOut({ type: 'notReady', reason });
  };

  return (
    <section className="presence">
      <Action
        label={breakNext ? w.me.noBreak : w.me.goReady}
        hotkey="r"
        look={me.state === 'NOT_READY' || me.state === 'OFFLINE' ? 'accent' : 'plain'}
        reason={linkDown ?? whyNotReady(me, w)}
        run={goReady}
        block
      />
      <Popover
        open={asking}
        onOpenChange={setAsking}
        trigger={[]}
        placement="bottomLeft"
        destroyOnHidden
        title={w.me.breakTitle}
        content={
          <>
            <CloseOnEscape close={() => setAsking(false)} />
            <Choices
              label={w.me.breakTitle}
              items={REASONS.map((code) => ({ code, label: w.reason[code] }))}
              choose={takeBreak}
            />
          </>
        }
      >
        <span className="presence-break">
          <Action
            label={inCall ? w.me.breakAfter : w.me.takeBreak}
            hotkey="b"
            reason={linkDown}
            run={() => setAsking((open) => !open)}
            block
          />
        </span>
      </Popover>
    </section>
  );
}

function CloseOnEscape({ close }: { readonly close: () => void }): null {
  useKey('Escape', close);
  return null;
}

function isInCall({ state }: Me): boolean {
  return state === 'OFFERED' || state.startsWith('TALKING') || state.startsWith('WRAP_UP');
}

function whyNotReady(me: Me, w: Words): string | null {
  if (me.state.endsWith('BREAK_NEXT')) return null;
  if (me.state === 'READY') return w.me.alreadyReady;
  if (me.state === 'WRAP_UP') return w.me.wrapUpFirst;
  return isInCall(me) ? w.me.inCall : null;
}
