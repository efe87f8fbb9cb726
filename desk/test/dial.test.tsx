import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LastCall } from '../src/features/waiting/last-call';
import { CustomerCard } from '../src/features/card/customer-card';
import { PhoneNumber } from '../src/features/dial/number';
import { ringLeft } from '../src/features/call-bar/ringing-actions';
import type { Desk } from '../src/desk';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { DeskStore } from '../src/store/store';
import { DeskContext } from '../src/ui/desk-context';
import { Panel } from '../src/ui/panel';
import type { CallView } from '../src/generated/wire';
import { call, card, snapshot } from './samples';

const NUMBER = '+8613800138000';
const CALLS_IT = `aria-label="${en.dial.callNumber('+86 138 0013 8000')}"`;

interface At {
  readonly permissions?: readonly string[];
  readonly calls?: readonly CallView[];
  readonly linked?: boolean;
}

/** As whoever is at such a desk sees it. */
function shown(what: ReactNode, { permissions = ['DIAL_OUT'], calls = [], linked = true }: At = {}): string {
  const store = new DeskStore(
    () => {},
    () => 0,
  );
  store.receive(snapshot(1, { calls: [...calls] }));
  if (linked) store.setLink({ state: 'up', since: 0 });
  const desk = { store, session: { permissions }, panel: new Panel() } as unknown as Desk;
  return renderToStaticMarkup(
    <Speaking start="en">
      <DeskContext value={desk}>{what}</DeskContext>
    </Speaking>,
  );
}

describe('a number on the page', () => {
  const number = <PhoneNumber number={NUMBER} />;

  it('is called by a click', () => {
    expect(shown(number)).toContain(CALLS_IT);
  });

  it('is called in the wrap-up of another call, too', () => {
    expect(shown(number, { calls: [call({ phase: 'WRAP_UP' })] })).toContain(CALLS_IT);
  });

  it.each(['RINGING', 'TALKING', 'HELD', 'DIALLING'] as const)('is only shown while a call is in phase %s', (phase) => {
    expect(shown(number, { calls: [call({ phase })] })).toBe('<span class="dial-room"><bdi class="figures">+86 138 0013 8000</bdi></span>');
  });

  it('is only shown to those who may not call outside, and where there is no link or no desk', () => {
    const plain = '<bdi class="figures">+86 138 0013 8000</bdi>';
    expect(shown(number, { permissions: [] })).toBe(plain);
    expect(shown(number, { linked: false })).toBe(`<span class="dial-room">${plain}</span>`);
    expect(renderToStaticMarkup(<Speaking start="en">{number}</Speaking>)).toBe(plain);
  });

  it('that is masked, or is none, is only shown', () => {
    for (const other of ['138****8000', 'li@example.com']) expect(shown(<PhoneNumber number={other} />)).toBe(`<bdi class="figures">${other}</bdi>`);
  });
});

describe('who called last', () => {
  it('is called back by a click, known or not', () => {
    const last = call({ phase: 'DONE', match: { state: 'NEW', customerId: null, candidates: [] } });
    expect(shown(<LastCall call={last} />, { calls: [last] })).toContain(CALLS_IT);
  });
});

describe('the card of a caller', () => {
  const identities = [{ kind: 'work', value: '+8675582100000', shared: false }];

  it('has every number of theirs to be called, once the talk is over', () => {
    const over = call({ phase: 'WRAP_UP' });
    const another = `aria-label="${en.dial.callNumber('+86 755 8210 0000')}"`;
    expect(shown(<CustomerCard call={over} card={card({ identities } as never)} />, { calls: [over] })).toContain(another);
    expect(shown(<CustomerCard call={call()} card={card({ identities } as never)} />, { calls: [call()] })).not.toContain('dial-number');
  });
});

describe('the time that a ring has left', () => {
  it('is told in whole seconds, and never less than none', () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    expect(ringLeft('2026-11-23T10:00:14.200Z', now)).toBe(15);
    expect(ringLeft('2026-11-23T09:59:59Z', now)).toBe(0);
  });
});
