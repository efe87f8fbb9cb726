import type { ReactNode } from 'react';
import { cardOf, currentCall } from '../store/select';
import { useView } from '../ui/desk-context';
import { usePlace } from '../ui/place';
import { CallBar } from './call-bar/call-bar';
import { CustomerPanel } from './customer/panel';
import { Rail } from './rail/rail';
import { Ringing } from './ring/ringing';
import { Stage } from './stage';
import { Timeline } from './timeline/timeline';
import { ToastList } from './toasts/toast-list';

/** One screen for the whole day. */
export function DeskPage(): ReactNode {
  const call = useView(currentCall);
  const { page } = usePlace();
  const live = call !== null && call.phase !== 'DONE';
  const card = useView((view) => (call === null ? null : cardOf(view, call)));
  return (
    <div className="desk" data-phase={call?.phase ?? 'NONE'} data-page={live ? undefined : (page ?? undefined)}>
      <Rail />
      <Stage />
      <Timeline card={card} />
      <CallBar />
      <CustomerPanel />
      <Ringing />
      <ToastList />
    </div>
  );
}
