import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n/language';
import { Action } from '../../ui/action';
import { allowed, ask, askNoMore } from './notices';

/** Offered where nothing rings, until the agent has said yes or no. */
export function AllowNotices(): ReactNode {
  const { w } = useWords();
  const [answer, setAnswer] = useState(allowed);
  if (answer !== 'ask') return null;
  return (
    <p className="row">
      <Action label={w.waiting.allowNotices} run={() => ask().then(setAnswer)} />
      <Action label={w.waiting.noNotices} look="quiet" run={() => setAnswer(askNoMore())} />
    </p>
  );
}
