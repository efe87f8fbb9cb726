import type { ReactNode } from 'react';
import type { Me } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { Action } from '../../ui/action';
import { Choices } from '../../ui/choices';
import { useDesk, useLink, useMe } from '../../ui/desk-context';
import { Menu } from '../../ui/menu';

const REASONS = ['break', 'lunch', 'meeting', 'training', 'desk'] as const;

/** Ready or not: the one thing that only the agent decides. */
export function Presence(): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const me = useMe();
  const linkDown = useLink().state === 'up' ? null : w.call.linkDown;
  const inCall = isInCall(me);
  const breakNext = me.state.endsWith('BREAK_NEXT');

  const goReady = (): Promise<boolean> => {
    // a click is what lets the browser ring
    desk.ring.unlock();
    return desk.carryOut({ type: 'ready' });
  };

  return (
    <section className="presence">
      <Action
        label={breakNext ? w.me.noBreak : w.me.goReady}
        hotkey="ready"
        look={me.state === 'NOT_READY' || me.state === 'OFFLINE' ? 'accent' : 'plain'}
        reason={linkDown ?? whyNotReady(me, w)}
        run={goReady}
        block
      />
      <Menu
        title={w.me.breakTitle}
        placement="bottomLeft"
        around="presence-break"
        label={inCall ? w.me.breakAfter : w.me.takeBreak}
        hotkey="takeBreak"
        reason={linkDown}
        block
      >
        {(close) => (
          <Choices
            label={w.me.breakTitle}
            items={REASONS.map((code) => ({ code, label: w.reason[code] }))}
            choose={(reason) => {
              close();
              void desk.carryOut({ type: 'notReady', reason });
            }}
          />
        )}
      </Menu>
    </section>
  );
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
