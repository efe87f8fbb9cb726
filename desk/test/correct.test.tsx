import { renderToStaticMarkup } from 'react-dom/server';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import type { HistoryCall } from '../src/client/history';
import type { Desk } from '../src/desk';
import { Correct } from '../src/features/timeline/correct';
import { Corrections } from '../src/features/timeline/corrections';
import { OutcomeContext, type OutcomeForm } from '../src/features/wrap-up/dispositions';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { DeskContext } from '../src/ui/desk-context';

const LINE = '4008001234';
const label = (id: string): { id: string; labelZh: string; labelEn: string } => ({ id, labelZh: id, labelEn: id.toUpperCase() });
const FORM: OutcomeForm = {
  items: [
    { ...label('sale'), code: 'sale', group: null },
    { ...label('sold'), code: 'sold', group: 'sale' },
    { ...label('other'), code: 'other', group: null },
  ],
  fields: [
    { ...label('price'), kind: 'NUMBER', required: true, choices: [], lines: [LINE] },
    { ...label('elsewhere'), kind: 'TEXT', required: true, choices: [], lines: ['4008005678'] },
  ],
  templates: [],
};

function call(change: Partial<HistoryCall> = {}): HistoryCall {
  return {
    direction: 'in',
    agent: 'Li',
    disposition: 'sold',
    line: LINE,
    notes: [
      { agent: 'Wang', text: 'of another', mine: false },
      { agent: 'Li', text: 'of my own', mine: true },
    ],
    waitMillis: 0,
    talkMillis: 0,
    recordings: [],
    unobserved: null,
    answers: [{ field: 'price', value: '12' }],
    fallback: false,
    mayCorrect: true,
    corrections: [],
    ...change,
  };
}

function shown(what: ReactNode): string {
  return renderToStaticMarkup(
    <Speaking start="en">
      <OutcomeContext.Provider value={FORM}>
        <DeskContext.Provider value={{} as Desk}>{what}</DeskContext.Provider>
      </OutcomeContext.Provider>
    </Speaking>,
  );
}

describe('the form in which an agent corrects an older record', () => {
  const form = (change: Partial<HistoryCall> = {}): string => shown(<Correct callId="c1" call={call(change)} close={() => {}} />);

  it('begins with what stands there: outcome, the fields of its line, one’s own notes', () => {
    const html = form();
    expect(html).toContain('<option value="sold" selected="">SALE › SOLD</option>');
    expect(html).toContain('value="12"');
    expect(html).not.toContain('ELSEWHERE');
    expect(html).toContain('of my own');
    expect(html).not.toContain('of another');
  });

  it('keeps an outcome that is not set up any more, and offers none for none only where none stands', () => {
    expect(form({ disposition: 'gone' })).toContain('<option value="gone" selected="">gone</option>');
    expect(form()).not.toContain('<option value="">');
    expect(form({ disposition: null })).toContain('<option value="" selected="">—</option>');
  });

  it('is not saved without a change', () => {
    expect(form()).toContain(en.timeline.correct.nothing);
  });
});

describe('what stood in a record before', () => {
  it('is told with who and when, the latest first', () => {
    const html = shown(
      <Corrections
        of={[
          { at: '2026-01-05T01:00:00Z', by: 'Li', disposition: null, answers: [], notes: null },
          { at: '2026-01-06T01:00:00Z', by: null, disposition: 'sold', answers: [{ field: 'price', value: '9' }], notes: '' },
        ]}
      />,
    );
    expect(html).toContain(en.timeline.correct.times(2));
    expect(html.indexOf('SALE › SOLD · PRICE: 9')).toBeGreaterThan(0);
    expect(html.indexOf('SALE › SOLD')).toBeLessThan(html.indexOf(en.timeline.correct.noOutcome));
    expect(html.match(new RegExp(en.timeline.correct.noNotes, 'g'))).toHaveLength(1);
  });

  it('is not there where nothing was corrected', () => {
    expect(shown(<Corrections of={[]} />)).toBe('');
  });
});
