import type { ReactNode } from 'react';
import { clock } from '../../format/time';
import { groupNumber } from '../../format/number';
import type { CallView, Card } from '../../generated/wire';
import { type Spoken, useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { needsChoice } from '../../store/select';
import { PersonName } from '../../ui/person-name';
import { PhoneNumber } from '../dial/number';
import { Verify } from '../verify/verify';

/** Who is calling, as far as anybody knows: the largest text on the page. */
export function whoCalls(call: CallView, card: Card | null, { w, home }: Spoken): string {
  if (card !== null) return card.name;
  if (call.inside && call.callerName !== null) return call.callerName;
  if (call.number !== null) return groupNumber(call.number, home);
  if (call.numberState === 'INTERNAL') return w.caller.internal;
  return call.numberState === 'WITHHELD' ? w.caller.withheld : w.caller.unreadable;
}

export function Headline({ call, card }: { readonly call: CallView; readonly card: Card | null }): ReactNode {
  return (
    <header className="headline">
      <h1>
        <Caller call={call} card={card} />
      </h1>
      {card !== null && <Trust call={call} />}
      <p className="headline-more">{card === null ? <Unknown call={call} /> : <Known card={card} />}</p>
    </header>
  );
}

/** The name, or the number as far as nothing else is known. */
export function Caller({ call, card }: { readonly call: CallView; readonly card: Card | null }): ReactNode {
  const spoken = useWords();
  if (card === null && !call.inside && call.number !== null) return <PhoneNumber number={call.number} />;
  return <PersonName name={whoCalls(call, card, spoken)} />;
}

function Known({ card }: { readonly card: Card }): ReactNode {
  const { w, language } = useWords();
  const years = Math.floor((Date.now() - Date.parse(card.since)) / (365.25 * 86_400_000));
  const foreign = !card.language.startsWith(language);
  return (
    <>
      <span className={`level level-${card.level.toLowerCase()}`}>{word(w.card.level, card.level)}</span>
      {card.kind === 'COMPANY' && <span>{w.card.company}</span>}
      <span>{w.card.years(years)}</span>
      {foreign && <span>{w.card.speaks(languageName(card.language, language))}</span>}
      {card.tags.map((tag) => (
        <bdi key={tag} className="tag">
          {tag}
        </bdi>
      ))}
      {card.demo && <span className="faint">{w.card.demo}</span>}
    </>
  );
}

/** Nobody is shown: why, and what to do about it. */
function Unknown({ call }: { readonly call: CallView }): ReactNode {
  const { w } = useWords();
  const { state } = call.match;
  if (call.inside) return <span className="figures">{call.number}</span>;
  const name = call.callerName === null ? null : <bdi>{w.card.callerName(call.callerName)}</bdi>;
  if (needsChoice(call)) return <span>{w.candidates.title(call.match.candidates.length)}</span>;
  switch (state) {
    case 'LOOKING':
      return <span>{w.card.loading}</span>;
    case 'NEW':
      return (
        <>
          <span className="level">{w.caller.fresh}</span> {name} <span>{w.caller.freshDo}</span>
        </>
      );
    case 'WITHHELD':
      return <span>{w.caller.withheldDo}</span>;
    case 'INTERNAL':
      return (
        <>
          {name} <span>{w.caller.internalDo}</span>
        </>
      );
    case 'CLEAR':
    case 'SEVERAL':
      return <span>{w.card.late}</span>;
    default:
      return (
        <>
          {name} <span>{w.caller.unknownDo}</span>
        </>
      );
  }
}

/** A number is a claim, not a proof. */
function Trust({ call }: { readonly call: CallView }): ReactNode {
  const { w, locale } = useWords();
  if (call.verified !== null) {
    const method = word(w.verify.method, call.verified.method);
    return <p className="trust verified">{w.card.verified(method, clock(call.verified.at, locale))}</p>;
  }
  return (
    <div className="trust" title={w.card.unverifiedMeans}>
      <span>{w.card.unverified}</span>
      <Verify call={call} />
    </div>
  );
}

function languageName(tag: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag.split('-')[0] ?? tag) ?? tag;
  } catch {
    return tag;
  }
}
