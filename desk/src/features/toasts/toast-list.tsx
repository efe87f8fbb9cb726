import { Button } from 'antd';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useWords } from '../../i18n/language';
import type { Words } from '../../i18n/words';
import { word } from '../../i18n/words';
import { useDesk } from '../../ui/desk-context';
import { faultWords } from '../../ui/fault-words';
import type { Toast } from '../../ui/toasts';

export function ToastList(): ReactNode {
  const { w } = useWords();
  const { toasts } = useDesk();
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get);
  return (
    <div className="toasts" role="status">
      {shown.map((toast) => (
        <div key={toast.id} className={`toast toast-${toast.kind}`}>
          <p>{wordsOf(toast, w)}</p>
          <Button type="text" size="small" onClick={() => toasts.close(toast.id)} aria-label={w.fault.close}>
            {'✕'}
          </Button>
        </div>
      ))}
    </div>
  );
}

function wordsOf(toast: Toast, w: Words): ReactNode {
  switch (toast.kind) {
    case 'notice':
      return Object.hasOwn(w.notice, toast.code) ? word(w.notice, toast.code, toast.value) : w.notice.unknown(toast.code, toast.value);
    case 'storage-full':
      return (
        <>
          <strong>{w.trouble.storageFull}</strong> {w.trouble.storageFullDo}
        </>
      );
    case 'fault':
      return (
        <>
          <strong>{w.fault.title}</strong> <bdi>{faultWords(toast.fault, w)}</bdi>
        </>
      );
  }
}
