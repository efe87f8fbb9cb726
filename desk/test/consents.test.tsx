import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { CustomerFile } from '../src/client/customers';
import type { Desk } from '../src/desk';
import { Consents } from '../src/features/customer/consents';
import { en } from '../src/i18n/en';
import { Speaking } from '../src/i18n/language';
import { DeskContext } from '../src/ui/desk-context';
import { card } from './samples';

function shown(consents: readonly { kind: string; granted: boolean; at: string }[]): string {
  const file = { card: card(), standing: { consents } } as unknown as CustomerFile;
  return renderToStaticMarkup(
    <Speaking start="en">
      <DeskContext.Provider value={{} as Desk}>
        <Consents file={file} reload={() => {}} />
      </DeskContext.Provider>
    </Speaking>,
  );
}

describe('what a customer allows', () => {
  it('is asked only where the answer is acted upon', () => {
    const html = shown([]);
    expect(html).toContain(en.panel.consent.ask.calls);
    expect(html).not.toContain(en.panel.consent.kind.recording);
    expect(html.match(/<li/g)).toHaveLength(1);
  });

  it('is shown where it was kept before, without a question', () => {
    const html = shown([{ kind: 'recording', granted: false, at: '2026-11-26T10:00:00Z' }]);
    expect(html).toContain(en.panel.consent.kind.recording);
    expect(html.match(new RegExp(en.panel.allow, 'g'))).toHaveLength(1);
  });
});
