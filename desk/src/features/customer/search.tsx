import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Customers, type Hit, type Hits } from '../../client/customers';
import { asFault } from '../../client/faults';
import { groupNumber } from '../../format/number';
import { useWords } from '../../i18n/language';
import { word } from '../../i18n/words';
import { means } from '../../keys/keys';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';
import { useOpenCall } from './panel';

/** Typing stops for so long before the server is asked. */
const PAUSE = 200;

/** Finds a customer by anything that is known of them; in a call, Enter says that it is the caller. */
export function Search({ merge }: { readonly merge: string | null }): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const call = useOpenCall();
  const [text, setText] = useState('');
  const { hits, trouble, asking } = useHits(text);
  const [at, setAt] = useState(0);
  const input = useRef<InputRef>(null);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => setAt(0), [hits]);
  const found = (hits?.items ?? []).filter((hit) => hit.id !== merge);

  const choose = async (hit: Hit): Promise<void> => {
    if (merge !== null) await mergeInto(hit);
    else if (call === null) desk.panel.file(hit.id);
    else if (await desk.carryOut({ type: 'chooseCustomer', callId: call.callId, customerId: hit.id })) desk.panel.close();
  };
  const mergeInto = async (hit: Hit): Promise<void> => {
    try {
      await new Customers(desk.rest).merge(String(merge), hit.id);
      desk.panel.file(hit.id);
    } catch (error) {
      desk.toasts.fault(asFault(error));
    }
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const hit = found[at];
    if (means('walk', event.key)) setAt(Math.min(Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)), found.length - 1));
    else if (means('open', event.key) && hit && event.shiftKey) desk.panel.file(hit.id);
    else if (means('open', event.key) && hit) void choose(hit);
    else return;
    event.preventDefault();
  };
  const hint = merge !== null ? w.panel.mergeHint : call === null ? w.panel.openHint : w.panel.chooseHint;
  return (
    <section className="search" onKeyDown={press}>
      <h2>{merge === null ? w.panel.search : w.panel.mergeWith}</h2>
      <Input
        ref={input}
        type="search"
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
        placeholder={w.panel.placeholder}
        aria-label={w.panel.search}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="hits"
        aria-activedescendant={found[at] ? `hit-${at}` : undefined}
      />
      <p className="faint" role="status">
        {trouble ?? (asking ? w.panel.searching : hits === null ? hint : found.length === 0 ? w.panel.nobody : hits.broad ? w.panel.broad : hint)}
      </p>
      <ul id="hits" className="hits" role="listbox" aria-label={w.panel.search}>
        {found.map((hit, index) => (
          <li key={hit.id} id={`hit-${index}`} role="option" aria-selected={index === at} onMouseMove={() => setAt(index)} onClick={() => void choose(hit)}>
            <HitLine hit={hit} />
          </li>
        ))}
      </ul>
      {merge === null && (
        <div className="row">
          <Action label={w.panel.fresh} run={() => desk.panel.fresh()} />
        </div>
      )}
    </section>
  );
}

function HitLine({ hit }: { readonly hit: Hit }): ReactNode {
  const { w, home } = useWords();
  const value = hit.value === null ? null : hit.foundBy === 'number' && !hit.value.includes('*') ? groupNumber(hit.value, home) : hit.value;
  return (
    <>
      <bdi className="strong hit-name">{hit.name}</bdi>
      <span className={`level level-${hit.level.toLowerCase()}`}>{word(w.card.level, hit.level)}</span>
      {value !== null && (
        <span className="faint figures">
          {word(w.panel.by, hit.foundBy)} <bdi>{value}</bdi>
        </span>
      )}
    </>
  );
}

interface Asked {
  readonly hits: Hits | null;
  readonly trouble: string | null;
  readonly asking: boolean;
}

/** What the server finds; an answer to what was typed before is never shown. */
function useHits(text: string): Asked {
  const { w } = useWords();
  const { rest } = useDesk();
  const [asked, setAsked] = useState<Asked>({ hits: null, trouble: null, asking: false });
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') {
      setAsked({ hits: null, trouble: null, asking: false });
      return;
    }
    let stopped = false;
    setAsked((before) => ({ ...before, asking: true }));
    const timer = setTimeout(() => {
      new Customers(rest).find(wanted).then(
        (hits) => !stopped && setAsked({ hits, trouble: null, asking: false }),
        (error: unknown) => {
          const fault = asFault(error);
          const trouble = fault.type === '/problems/forbidden' ? w.panel.forbidden : fault.type === '/problems/bad-request' ? w.panel.letters : w.panel.failed;
          if (!stopped) setAsked({ hits: null, trouble, asking: false });
        },
      );
    }, PAUSE);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [rest, wanted, w]);
  return asked;
}
