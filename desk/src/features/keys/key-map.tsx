import { Button } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../i18n/language';
import { KeyCap } from '../../ui/key-cap';

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
  const rows: readonly (readonly [readonly string[], string])[] = [
    [['a', 'Enter'], w.keys.answer],
    [['d', 'd'], w.keys.decline],
    [['m'], w.keys.mute],
    [['h'], w.keys.hold],
    [['k'], w.keys.keypad],
    [['e', 'e'], w.keys.end],
    [['p'], w.keys.recording],
    [['n'], w.keys.notes],
    [['v'], w.keys.verify],
    [['1–9'], w.keys.candidates],
    [['l'], w.keys.timeline],
    [['ctrl+k'], w.keys.search],
    [['f'], w.keys.file],
    [['ctrl+Enter'], w.keys.finish],
    [['r'], w.keys.ready],
    [['b'], w.keys.takeBreak],
    [['o'], w.keys.demo],
    [['?'], w.keys.help],
  ];
  return (
    <dialog ref={dialog} className="key-map" aria-label={w.keys.title} onClose={close}>
      <h2>{w.keys.title}</h2>
      <p className="key-map-word">{w.keys.escape}</p>
      <dl>
        {rows.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key, index) => (
                <KeyCap key={index} name={key} />
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={close} autoFocus>
        {w.keys.close}
      </Button>
    </dialog>
  );
}
