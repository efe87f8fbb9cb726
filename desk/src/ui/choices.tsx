import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { KEYS, means } from '../keys/keys';
import { useKey } from '../keys/use-key';
import { Cap } from './key-cap';

export interface Choice {
  readonly code: string;
  readonly label: string;
  readonly more?: ReactNode;
}

interface ChoicesProps {
  readonly label: string;
  readonly items: readonly Choice[];
  readonly choose: (code: string) => void;
  readonly chosen?: string | null;
  /** Whether the digits belong to this list now. */
  readonly digits?: boolean;
  readonly className?: string;
}

const DIGITS = KEYS.pick.keys;

/** A short list: a digit for each of the first nine, arrows to walk, Enter or a click to choose. */
export function Choices({ label, items, choose, chosen = null, digits = true, className = '' }: ChoicesProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  useKey(
    'pick',
    (digit) => {
      const item = items[Number(digit) - 1];
      if (item) choose(item.code);
    },
    { active: digits && items.length > 0, count: items.length },
  );
  const walk = (event: KeyboardEvent): void => {
    if (!means('walk', event.key)) return;
    const step = event.key === 'ArrowDown' ? 1 : -1;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  };
  return (
    <ul className={`choices ${className}`} aria-label={label} ref={list} onKeyDown={walk}>
      {items.map((item, index) => (
        <li key={item.code}>
          <button
            type="button"
            aria-pressed={chosen === null ? undefined : item.code === chosen}
            aria-keyshortcuts={digits && index < DIGITS.length ? DIGITS[index] : undefined}
            onClick={() => choose(item.code)}
          >
            {digits && index < DIGITS.length ? <Cap name={String(index + 1)} /> : <span className="key-space" />}
            <bdi className="choice-label">{item.label}</bdi>
            {item.more}
          </button>
        </li>
      ))}
    </ul>
  );
}
