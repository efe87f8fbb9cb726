import { createContext, use, useEffect, useEffectEvent } from 'react';
import { type Binding, Keyboard } from './keyboard';

export const KeyboardContext = createContext<Keyboard>(new Keyboard());

/** `run` is called for these keys while this component is there and `active`. */
export function useKey(keys: string | readonly string[] | undefined, run: Binding['run'], active = true): void {
  const keyboard = use(KeyboardContext);
  const latest = useEffectEvent(run);
  const list = (typeof keys === 'string' ? [keys] : (keys ?? [])).join(' ');
  useEffect(() => {
    if (!active || list === '') return;
    return keyboard.add({ keys: list.split(' '), run: (key) => latest(key) });
  }, [keyboard, list, active]);
}
