import { type ReactNode, useState } from 'react';
import type { CallView, Candidate } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { word } from '../../i18n/words';
import { needsChoice } from '../../store/select';
import { Action } from '../../ui/action';
import { Choices } from '../../ui/choices';
import { useDesk } from '../../ui/desk-context';
import { Reasons } from '../card/customer-card';

/** Several people may be calling: one key says who it is, and can say otherwise later. */
export function Candidates({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const [reopened, setReopened] = useState(false);
  const open = needsChoice(call);
  if (call.match.candidates.length < (open ? 1 : 2)) return null;
  if (!open && !reopened) {
    return (
      <div className="candidates-closed">
        <Action label={w.card.notThis} hotkey="others" look="quiet" run={() => setReopened(true)} />
      </div>
    );
  }
  return (
    <section className="candidates" aria-label={w.candidates.title(call.match.candidates.length)}>
      {open ? <p className="faint">{w.candidates.hint}</p> : <Others close={() => setReopened(false)} />}
      <Ranked call={call} chosen={() => setReopened(false)} />
    </section>
  );
}

function Others({ close }: { readonly close: () => void }): ReactNode {
  const { w } = useWords();
  return (
    <p className="faint candidates-others">
      {w.candidates.others} <Action label={w.candidates.keep} hotkey="others" look="quiet" run={close} />
    </p>
  );
}

function Ranked({ call, chosen }: { readonly call: CallView; readonly chosen: () => void }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const choose = async (customerId: string): Promise<void> => {
    if (await desk.carryOut({ type: 'chooseCustomer', callId: call.callId, customerId })) chosen();
  };
  return (
    <Choices
      label={w.candidates.title(call.match.candidates.length)}
      className="candidate-list"
      chosen={call.match.customerId ?? ''}
      digits={call.phase !== 'WRAP_UP' || needsChoice(call)}
      items={call.match.candidates.map((candidate) => ({
        code: candidate.customerId,
        label: candidate.name,
        more: <CandidateMore candidate={candidate} w={w} />,
      }))}
      choose={(customerId) => void choose(customerId)}
    />
  );
}

function CandidateMore({ candidate, w }: { readonly candidate: Candidate; readonly w: Words }): ReactNode {
  return (
    <>
      <span className={`level level-${candidate.level.toLowerCase()}`}>{word(w.card.level, candidate.level)}</span>
      <span className="candidate-likely figures">
        {likelihood(candidate.confidence, w)} {Math.round(candidate.confidence * 100)}
        {'%'}
      </span>
      <span className="candidate-why">
        <Reasons reasons={candidate.reasons} />
      </span>
    </>
  );
}

function likelihood(confidence: number, w: Words): string {
  if (confidence >= 0.7) return w.candidates.likely;
  return confidence >= 0.3 ? w.candidates.possible : w.candidates.unlikely;
}
