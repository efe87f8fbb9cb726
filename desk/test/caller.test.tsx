import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../src/desk';
import { CallerActions } from '../src/features/customer/actions';
import { useOpenCall } from '../src/features/customer/panel';
import type { CallView } from '../src/generated/wire';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { DeskStore } from '../src/store/store';
import { DeskContext } from '../src/ui/desk-context';
import { Panel } from '../src/ui/panel';
import { call, card, snapshot } from './samples';

function shown(what: ReactNode, one: CallView, permissions = ['SEE_CUSTOMERS', 'EDIT_CUSTOMERS']): string {
  const store = new DeskStore(
    () => {},
    () => 0,
  );
  store.receive(snapshot(1, { calls: [one] }));
  store.setLink({ state: 'up', since: 0 });
  const desk = { store, session: { permissions }, panel: new Panel() } as unknown as Desk;
  return renderToStaticMarkup(
    <Speaking start="en">
      <DeskContext value={desk}>{what}</DeskContext>
    </Speaking>,
  );
}

function Open(): ReactNode {
  return useOpenCall()?.callId ?? 'none';
}

const unknown = (more: Partial<CallView> = {}): CallView => {
  const one = call({ phase: 'TALKING', ...more });
  return { ...one, match: { ...one.match, state: 'NEW' } };
};

describe('who is calling', () => {
  it.each([true, false])('may be made or looked for, whoever routes the call (ours: %s)', (controlled) => {
    const one = unknown({ controlled });
    const actions = shown(<CallerActions call={one} card={null} />, one);
    expect(actions).toContain(en.card.newCustomer);
    expect(actions).toContain(en.panel.search);
    expect(shown(<Open />, one)).toBe(one.callId);
  });

  it('is known: their file is there, and nobody new is made', () => {
    const one = call({ phase: 'TALKING' });
    const actions = shown(<CallerActions call={one} card={card()} />, one);
    expect(actions).toContain(en.card.fileOf);
    expect(actions).not.toContain(en.card.newCustomer);
  });

  it('is nobody of a call that is done, and nothing for whoever may not see customers', () => {
    const done = unknown({ phase: 'DONE' });
    expect(shown(<Open />, done)).toBe('none');
    expect(shown(<CallerActions call={done} card={null} />, done, [])).toBe('');
  });
});
