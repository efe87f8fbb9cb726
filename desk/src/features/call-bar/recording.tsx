import type { ReactNode } from 'react';
import type { CallView } from '../../generated/wire';
import { useWords } from '../../i18n/language';
import { isConnected } from '../../store/select';
import { Action } from '../../ui/action';
import { useDesk } from '../../ui/desk-context';
import { Mark, type Shape } from '../../ui/mark';

const SHAPES: Readonly<Record<CallView['recording'], Shape>> = {
  NOT_RECORDED: 'not-ready',
  PENDING: 'not-ready',
  RECORDED: 'recorded',
  PAUSED: 'paused',
  FAILED: 'warning',
};

interface RecordingProps {
  readonly call: CallView;
  readonly linkDown: string | null;
}

/** Whether this talk is recorded right now, always visible. */
export function Recording({ call, linkDown }: RecordingProps): ReactNode {
  const { w } = useWords();
  const desk = useDesk();
  const { recording, callId } = call;
  const paused = recording === 'PAUSED';
  const recordable = recording === 'RECORDED' || paused;
  return (
    <div className="recording" data-recording={recording}>
      <p role="status">
        <Mark shape={SHAPES[recording]} />
        {w.recording[recording]}
      </p>
      {isConnected(call) && call.phase !== 'CONSULTING' && recordable && (
        <Action
          label={paused ? w.recording.resume : w.recording.pause}
          hotkey="recording"
          look={paused ? 'accent' : 'quiet'}
          reason={linkDown}
          run={() => desk.carryOut({ type: paused ? 'resumeRecording' : 'pauseRecording', callId })}
        />
      )}
    </div>
  );
}
