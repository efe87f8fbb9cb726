import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Caption } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { useView } from '../../ui/desk-context';

const NOTHING: readonly Caption[] = [];

/** What is being said, where the phone system tells it in words. Its place is kept from the start. */
export function Conversation({ callId }: { readonly callId: string }): ReactNode {
  const { w } = useWords();
  const said = useView((view) => view.captions[callId] ?? NOTHING);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [said.length]);
  return (
    <section className="conversation" aria-label={w.hints.label}>
      <h2>{w.hints.title}</h2>
      <div ref={list} className="conversation-log" role="log" tabIndex={0} aria-label={w.hints.label}>
        {said.length === 0 && <p className="faint">{w.hints.empty}</p>}
        {said.map((caption, index) => (
          <p key={index} className={`said said-${caption.speaker === 'agent' ? 'agent' : 'customer'}`}>
            <span className="speaker">{caption.speaker === 'agent' ? w.hints.agent : w.hints.customer}</span>
            <bdi>{caption.text}</bdi>
          </p>
        ))}
      </div>
    </section>
  );
}
