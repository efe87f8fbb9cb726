import type { ReactNode } from 'react';
import type { Finding } from '../../client/watch';
import { useWords } from '../../i18n/language';
import { type Words, word } from '../../i18n/words';
import { Mark } from '../../ui/mark';

/** What is wrong, in words. */
export function findingWords(finding: Finding, w: Words): string {
  const seconds = ['TRACKS_APART', 'TALK_MISSING'].includes(finding.code);
  return word(w.alarms.finding, finding.code, seconds ? (Number(finding.detail) / 1000).toFixed(1) : finding.detail);
}

interface FindingsProps {
  readonly findings: readonly Finding[];
  /** Whether anything is left to do. */
  readonly todo?: boolean;
}

/** What is wrong with a recording, and for each what to do. */
export function Findings({ findings, todo = true }: FindingsProps): ReactNode {
  const { w } = useWords();
  const advice = [...new Set(findings.filter(({ code }) => code in w.alarms.todo).map(({ code }) => word(w.alarms.todo, code)))];
  return (
    <>
      {findings.map((finding, index) => (
        <p key={index} className="strong finding">
          <Mark shape="warning" /> <bdi>{findingWords(finding, w)}</bdi>
        </p>
      ))}
      {todo && advice.map((text) => (
        <p key={text} className="faint">
          {text}
        </p>
      ))}
    </>
  );
}
