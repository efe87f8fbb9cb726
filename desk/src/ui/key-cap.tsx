import { Fragment, type ReactNode } from 'react';
import { useWords } from '../i18n/language';
import type { Words } from '../i18n/words';
import { type Command, KEYS, mainKey } from '../keys/keys';

const ARROWS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** A key as it is printed on keyboards. */
export function keyWords(key: string, w: Words): string {
  const bare = key.replace('ctrl+', '');
  const name = ARROWS[bare] ?? { Enter: w.keys.enter, ' ': w.keys.space, Escape: w.keys.escapeKey }[bare] ?? bare;
  return `${key === bare ? '' : 'Ctrl '}${name.length === 1 ? name.toUpperCase() : name}`;
}

/** The command's key, on its button. */
export function KeyCap({ of }: { readonly of: Command }): ReactNode {
  return <Cap name={mainKey(of)} />;
}

/** One key, such as a digit of a list. */
export function Cap({ name }: { readonly name: string }): ReactNode {
  const { w } = useWords();
  return (
    <kbd className="key" aria-hidden>
      {keyWords(name, w)}
    </kbd>
  );
}

/** All keys of a command; read out too. */
export function Caps({ of }: { readonly of: Command }): ReactNode {
  const { w } = useWords();
  const { keys, twice, written } = KEYS[of];
  if (written !== undefined) return <kbd className="key">{written}</kbd>;
  const pressed = twice ? keys.flatMap((key) => [key, key]) : keys;
  return pressed.map((key, at) => (
    <Fragment key={at}>
      {at > 0 && ' '}
      <kbd className="key">{keyWords(key, w)}</kbd>
    </Fragment>
  ));
}
