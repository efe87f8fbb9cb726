import { type ReactNode, useLayoutEffect, useRef } from 'react';
import type { Caption } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { useView } from '../../ui/desk-context';

const NOTHING: readonly Caption[] = [];

/** What is being said, where the phone system tells it in words. Its place is kept from the start. */
export function Conversation({ callId }: { readonly callId: string }): ReactNode {
  const { w } = useWords();
  const said = useView((view) => view.captions[callId] ?? NOTHING);
  const list = useRef<HTMLOListElement>(null);
  useLayoutEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [said.length]);
  return (
    <section className="conversation" aria-label={w.hints.label}>
      <h2>{w.hints.title}</h2>
      <ol ref={list} role="log" tabIndex={0} aria-label={w.hints.label}>
        {said.length === 0 && <li className="faint">{w.hints.empty}</li>}
        {said.map((caption, index) => (
          <li key={index} className={`said said-${caption.speaker === 'agent' ? 'agent' : 'customer'}`}>
            <span className="speaker">{caption.speaker === 'agent' ? w.hints.agent : w.hints.customer}</span>
            <bdi>{caption.text}</bdi>
          </li>
        ))}
      </ol>
    </section>
  );
}
