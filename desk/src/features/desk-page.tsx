import type { ReactNode } from 'react';
import { cardOf, currentCall } from '../store/select';
import { useWords } from '../i18n/language';
import { useView } from '../ui/desk-context';
import { Part } from '../ui/part';
import { usePlace } from '../ui/place';
import { CallBar } from './call-bar/call-bar';
import { CustomerPanel } from './customer/panel';
import { DialAnyway } from './dial/dial-anyway';
import { Rail } from './rail/rail';
import { Ringing } from './ring/ringing';
import { Stage } from './stage';
import { Timeline } from './timeline/timeline';
import { ToastList } from './toasts/toast-list';

/** One screen for the whole day. */
export function DeskPage(): ReactNode {
  const { w } = useWords();
  const call = useView(currentCall);
  const { page } = usePlace();
  const live = call !== null && call.phase !== 'DONE';
  const card = useView((view) => (call === null ? null : cardOf(view, call)));
  return (
    <div className="desk" data-phase={call?.phase ?? 'NONE'} data-page={live ? undefined : (page ?? undefined)}>
      <Rail />
      <Stage />
      <aside className="timeline" aria-label={w.timeline.title}>
        {/* another call of the same customer has a past that is longer by one */}
        <Part key={`${call?.callId} ${card?.id}`}>
          <Timeline card={card} />
        </Part>
      </aside>
      <CallBar />
      <Part>
        <CustomerPanel />
      </Part>
      <DialAnyway />
      <Ringing />
      <ToastList />
    </div>
  );
}
