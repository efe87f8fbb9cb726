export interface Binding {
  /** As KeyboardEvent.key, letters small; `ctrl+Enter` for the one chord. */
  readonly keys: readonly string[];
  /** Returns true when the next key still belongs to it, as for "press again". */
  readonly run: (key: string) => boolean | void;
}

const TEXT_INPUTS = ['text', 'password', 'search', 'tel', 'email', 'number', 'url'];

export function isText(target: EventTarget | null): target is HTMLElement {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return TEXT_INPUTS.includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function pressesItself(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a[href], [role=option], [role=radio], input, summary') !== null;
}

/** What a key press is called in a binding; an input method that swallows letters leaves their code. */
function nameOf(event: KeyboardEvent): string {
  const letter = event.key === 'Process' ? event.code.replace(/^(Key|Digit)/, '') : event.key;
  const name = letter.length === 1 ? letter.toLowerCase() : letter;
  return event.ctrlKey || event.metaKey ? `ctrl+${name}` : name;
}

/**
 * Single keys are commands while nobody types. In a text, Esc makes the next key a command; then the
 * cursor is back where it was, so that no later letter becomes one by mistake.
 */
export class Keyboard {
  #bindings: readonly Binding[] = [];
  #returnTo: HTMLElement | null = null;

  add(binding: Binding): () => void {
    this.#bindings = [binding, ...this.#bindings];
    return () => {
      this.#bindings = this.#bindings.filter((other) => other !== binding);
    };
  }

  readonly handle = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
    const name = nameOf(event);
    const typing = isText(event.target) && !name.startsWith('ctrl+');
    if (typing) {
      if (name === 'Escape') this.#leaveText(event.target as HTMLElement);
      return;
    }
    if ((name === 'Enter' || name === ' ') && pressesItself(event.target)) return;
    const binding = this.#bindings.find(({ keys }) => keys.includes(name));
    if (binding === undefined) return;
    event.preventDefault();
    if (!event.repeat && binding.run(name) !== true) this.backToText();
  };

  #leaveText(text: HTMLElement): void {
    text.blur();
    this.#returnTo = text;
  }

  /** The cursor is where it was before Esc. */
  backToText(): void {
    const text = this.#returnTo;
    this.#returnTo = null;
    // a command that opened something of its own has moved the focus: it stays there
    requestAnimationFrame(() => {
      if (text?.isConnected && document.activeElement === document.body) text.focus();
    });
  }
}
