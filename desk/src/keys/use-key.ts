import { createContext, use, useEffect, useEffectEvent } from 'react';
import { type Binding, Keyboard } from './keyboard';
import { type Command, KEYS } from './keys';

export const KeyboardContext = createContext<Keyboard>(new Keyboard());

interface Listening {
  readonly active?: boolean;
  /** How many of the command's keys, where a list has fewer lines than there are digits. */
  readonly count?: number;
}

/** `run` is called for the command's keys while this component is there and `active`. */
export function useKey(command: Command | undefined, run: Binding['run'], { active = true, count = Infinity }: Listening = {}): void {
  const keyboard = use(KeyboardContext);
  const latest = useEffectEvent(run);
  useEffect(() => {
    if (!active || command === undefined) return;
    return keyboard.add({ keys: KEYS[command].keys.slice(0, count), run: (key) => latest(key) });
  }, [keyboard, command, active, count]);
}
