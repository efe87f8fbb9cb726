import { Button } from 'antd';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../../i18n/language';
import { COMMANDS, KEYS, type Part, PARTS } from '../../keys/keys';
import { Caps } from '../../ui/key-cap';

interface KeyMapProps {
  readonly open: boolean;
  readonly close: () => void;
}

/** All keys on one page. */
export function KeyMap({ open, close }: KeyMapProps): ReactNode {
  const { w } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className="key-map" aria-label={w.keys.title} onClose={close}>
      <div className="panel-close">
        <Button onClick={close} autoFocus>
          {w.keys.close}
        </Button>
      </div>
      <h2>{w.keys.title}</h2>
      <p className="key-map-word">{w.keys.escape}</p>
      <div className="key-map-parts">
        {PARTS.map((part) => (
          <KeysOf key={part} part={part} />
        ))}
      </div>
    </dialog>
  );
}

function KeysOf({ part }: { readonly part: Part }): ReactNode {
  const { w } = useWords();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{w.keys.parts[part]}</h3>
      <dl>
        {COMMANDS.filter((command) => KEYS[command].part === part).map((command) => (
          <div key={command}>
            <dt>
              <Caps of={command} />
            </dt>
            <dd>{w.keys.does[command]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
