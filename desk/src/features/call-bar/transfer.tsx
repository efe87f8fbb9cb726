import { Input, type InputRef } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { asFault } from '../../client/faults';
import { loadTargets, matching, type Target, type Targets } from '../../client/transfers';
import { duration } from '../../format/time';
import { useWords } from '../../i18n/language';
import { type Words, word } from '../../i18n/words';
import { means } from '../../keys/keys';
import { useDesk, useServerNow } from '../../ui/desk-context';
import { Mark, shapeOf } from '../../ui/mark';
import { Menu } from '../../ui/menu';

/** States of others change while the list is open. */
const LOOK_EVERY = 2_000;
const MOST = 50;

interface TransferProps {
  readonly callId: string;
  readonly reason: string | null;
}

/** Hands the customer on: to an agent, a queue or a number, chosen from one list by typing. */
export function Transfer({ callId, reason }: TransferProps): ReactNode {
  const { w } = useWords();
  return (
    <Menu title={w.transfer.title} placement="top" label={w.transfer.button} hotkey="transfer" reason={reason}>
      {(close) => <Chooser type="transfer" callId={callId} close={close} />}
    </Menu>
  );
}

/** Speaks to another agent or a number outside first, chosen from the same list. */
export function Consult({ callId, reason }: TransferProps): ReactNode {
  const { w } = useWords();
  return (
    <Menu title={w.consult.title} placement="top" label={w.consult.button} hotkey="consult" reason={reason}>
      {(close) => <Chooser type="consult" callId={callId} close={close} />}
    </Menu>
  );
}

interface ChooserProps {
  readonly type: 'transfer' | 'consult';
  readonly callId: string;
  readonly close: () => void;
}

function Chooser({ type, callId, close }: ChooserProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { targets, trouble } = useTargets();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<InputRef>(null);
  useEffect(() => {
    // the popover is being placed: the focus before would scroll the page
    const timer = setTimeout(() => input.current?.focus({ preventScroll: true }), 0);
    return () => clearTimeout(timer);
  }, []);
  const consults = type === 'consult';
  const title = consults ? w.consult.title : w.transfer.title;
  const found = targets === null ? [] : matching(targets, text).slice(0, MOST);
  const choose = async (target: Target | undefined): Promise<void> => {
    if (target === undefined || !target.free) return;
    desk.notes.flush();
    if (await desk.carryOut({ type, callId, to: target.to, target: target.target })) close();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (means('walk', event.key)) setAt(Math.min(Math.max(0, at + (event.key === 'ArrowDown' ? 1 : -1)), found.length - 1));
    else if (means('open', event.key)) void choose(found[at]);
    else if (means('back', event.key)) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="transfer" onKeyDown={press}>
      <Input
        ref={input}
        type="search"
        value={text}
        maxLength={60}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        placeholder={placeholder(w, consults, targets?.outside ?? false)}
        aria-label={title}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="transfer-targets"
        aria-activedescendant={found[at] ? `transfer-${at}` : undefined}
      />
      <p className="faint" role="status">
        {trouble ?? (targets === null ? w.transfer.loading : found.length === 0 ? w.transfer.nobody : consults ? w.consult.hint : w.transfer.hint)}
      </p>
      <ul id="transfer-targets" className="hits" role="listbox" aria-label={title}>
        {found.map((target, index) => (
          <li
            key={`${target.to} ${target.target}`}
            id={`transfer-${index}`}
            role="option"
            aria-selected={index === at}
            aria-disabled={!target.free}
            className={target.free ? '' : 'dimmed'}
            onMouseMove={() => setAt(index)}
            onClick={() => void choose(target)}
          >
            <TargetLine target={target} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function placeholder(w: Words, consults: boolean, outside: boolean): string {
  if (consults) return outside ? w.consult.placeholderOutside : w.consult.placeholder;
  return outside ? w.transfer.placeholder : w.transfer.placeholderInside;
}

function TargetLine({ target }: { readonly target: Target }): ReactNode {
  const { w } = useWords();
  const now = useServerNow();
  const { state, since, waiting } = target;
  return (
    <>
      {state !== null && <Mark shape={shapeOf(state)} />}
      <bdi className="strong hit-name">{target.to === 'NUMBER' ? w.transfer.toNumber(target.label) : target.label}</bdi>
      <span className="faint figures">
        {state !== null && word(w.state, state)}
        {state !== null && since !== null && state !== 'OFFLINE' && ` ${duration(now - Date.parse(since))}`}
        {waiting !== null && (target.free ? w.transfer.queue(waiting) : w.transfer.queueEmpty)}
        {target.to === 'NUMBER' && w.transfer.number}
      </span>
    </>
  );
}

interface Known {
  readonly targets: Targets | null;
  readonly trouble: string | null;
}

/** To whom one may speak, read again and again while it is shown. */
export function useTargets(): Known {
  const { w } = useWords();
  const { rest } = useDesk();
  const [known, setKnown] = useState<Known>({ targets: null, trouble: null });
  useEffect(() => {
    let stopped = false;
    const look = (): void => {
      loadTargets(rest).then(
        (targets) => !stopped && setKnown({ targets, trouble: null }),
        (error: unknown) => !stopped && setKnown((before) => ({ ...before, trouble: `${w.transfer.failed} ${asFault(error).message}` })),
      );
    };
    look();
    const timer = setInterval(look, LOOK_EVERY);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [rest, w]);
  return known;
}
