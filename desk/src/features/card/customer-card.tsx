import type { ReactNode } from 'react';
import { money } from '../../format/money';
import { ago, day, wholeDays } from '../../format/time';
import type { CallView, Card, Reason } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { useServerNow } from '../../ui/desk-context';
import { PhoneNumber } from '../dial/number';
import { Headline } from './headline';

const SEPARATOR = ' · ';

interface CardProps {
  readonly call: CallView;
  readonly card: Card | null;
}

/** Who is this, what is it worth to us, what is open with them. Everything else stands below. */
export function CustomerCard({ call, card }: CardProps): ReactNode {
  const { w } = useWords();
  return (
    // in a talk it scrolls, and may have no button of its own that the keys could reach
    <section className="card" aria-label={w.card.label} tabIndex={call.phase === 'RINGING' ? undefined : 0}>
      <Headline call={call} card={card} />
      {card !== null && (
        <dl className="card-rows">
          <Row title={w.card.open}>
            <Open card={card} />
          </Row>
          <Row title={w.card.orders}>
            <Orders card={card} />
          </Row>
          <Row title={w.card.numbers}>
            <Identities card={card} call={call} />
          </Row>
          {card.sensitive.length > 0 && (
            <Row title={w.card.sensitive}>
              <Sensitive card={card} />
            </Row>
          )}
          <Earlier card={card} />
          <Why call={call} card={card} />
        </dl>
      )}
    </section>
  );
}

function Row({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="card-row">
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Open({ card }: { readonly card: Card }): ReactNode {
  const { w } = useWords();
  const now = useServerNow();
  const open = card.service.filter((record) => record.closedAt === null);
  if (open.length === 0) return <p className="faint">{w.card.nothingOpen}</p>;
  return (
    <ul>
      {open.map((record) => (
        <li key={record.number}>
          <bdi className="strong">{record.title}</bdi>
          <bdi className="figures faint">{record.number}</bdi>
          <span>{w.card.openDays(wholeDays(record.openedAt, now))}</span>
          <span className="faint">{word(w.service, record.state)}</span>
        </li>
      ))}
    </ul>
  );
}

function Orders({ card }: { readonly card: Card }): ReactNode {
  const { w, locale } = useWords();
  const now = useServerNow();
  if (card.orders.length === 0) return <p className="faint">{w.card.noOrders}</p>;
  return (
    <ul className="orders">
      {card.orders.map((order) => (
        <li key={order.number} title={order.number}>
          <span className="figures order-day">{day(order.at, now, locale)}</span>
          <bdi className="order-title">{order.title}</bdi>
          <span className="figures order-amount">{order.currency === 'XXX' ? '' : money(order.amountMinor, order.currency, locale)}</span>
          <span className="faint order-state">{word(w.order, order.state)}</span>
        </li>
      ))}
    </ul>
  );
}

function Identities({ card, call }: CardProps & { readonly card: Card }): ReactNode {
  const { w } = useWords();
  return (
    <ul>
      {card.identities.map((identity) => (
        <li key={identity.kind + identity.value}>
          <PhoneNumber number={identity.value} />
          <span className="faint">{word(w.identity, identity.kind)}</span>
          {identity.value === call.number && <span className="this-call">{w.card.thisCall}</span>}
          {identity.shared && <span className="faint">{w.card.shared}</span>}
        </li>
      ))}
    </ul>
  );
}

function Sensitive({ card }: { readonly card: Card }): ReactNode {
  const { w } = useWords();
  return (
    <ul className="sensitive">
      {card.sensitive.map((field) => (
        <li key={field.name}>
          <span className="faint">{word(w.field, field.name)}</span>
          {field.value === null ? (
            <span className="masked" title={w.card.masked} role="img" aria-label={w.card.masked} />
          ) : (
            <bdi className="figures">{field.value}</bdi>
          )}
        </li>
      ))}
      {card.sensitive.some((field) => field.value === null) && <li className="faint">{w.card.masked}</li>}
    </ul>
  );
}

/** The latest contacts with a note, so that nobody asks twice; all of them stand in the timeline. */
function Earlier({ card }: { readonly card: Card }): ReactNode {
  const { w, locale } = useWords();
  const now = useServerNow();
  const noted = card.calls.filter((call) => call.notes !== null && call.notes !== '').slice(0, 2);
  if (noted.length === 0) return null;
  return (
    <Row title={w.card.earlier}>
      <ul>
        {noted.map((call) => (
          <li key={call.callId}>
            <span className="figures faint">{day(call.at, now, locale)}</span>
            <bdi className="earlier-note" title={call.notes ?? ''}>
              {call.notes}
            </bdi>
          </li>
        ))}
      </ul>
    </Row>
  );
}

/** Why this customer: the reasons of the match, so that the agent can doubt it. */
function Why({ call, card }: CardProps & { readonly card: Card }): ReactNode {
  const { w } = useWords();
  const found = call.match.candidates.find((candidate) => candidate.customerId === card.id);
  if (found === undefined || found.reasons.length === 0) return null;
  return (
    <Row title={w.card.why}>
      <p>
        <Reasons reasons={found.reasons} />
      </p>
    </Row>
  );
}

export function Reasons({ reasons }: { readonly reasons: readonly Reason[] }): ReactNode {
  const { w, locale } = useWords();
  const now = useServerNow();
  return reasons.map((reason, index) => (
    <span key={reason.code} className="reason">
      {index > 0 && SEPARATOR}
      <bdi>{word(w.why, reason.code, readable(reason.value, now, locale))}</bdi>
    </span>
  ));
}

/** A reason's value as the server tells it: a time, a count, or words. */
function readable(value: string | null, now: number, locale: string): string {
  if (value === null) return '';
  return /^\d{4}-\d\d-\d\dT/.test(value) ? ago(value, now, locale) : value;
}
