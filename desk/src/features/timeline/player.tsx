import { Button } from 'antd';
import type { KeyboardEvent, ReactNode } from 'react';
import { duration } from '../../format/time';
import { useWords } from '../../i18n/language';
import { means } from '../../keys/keys';
import { useVisitor } from '../office/visitor';
import { type PlayerView, SPEEDS, usePlayer } from './use-player';
import { Waveform } from './waveform';

const STEP = 5;

interface PlayerProps {
  readonly recordingId: string;
  /** What it is a recording of, for a screen reader. */
  readonly of: string;
  /** As far as it is known before it is read. */
  readonly millis?: number;
}

/** Plays a recording and shows how loud its sides are: seek by mouse or arrows, faster by + and slower by -. */
export function Player({ recordingId, of, millis = 0 }: PlayerProps): ReactNode {
  const { w } = useWords();
  const { rest } = useVisitor();
  const player = usePlayer(rest, recordingId, millis);
  const { audio, playing, reading, failed, speed, toggle, faster, told } = player;
  const press = (event: KeyboardEvent): void => {
    const work = keyWork(event.key, player);
    if (work === null) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  };
  return (
    <div className="player" role="group" aria-label={w.timeline.recordingOf(of)} aria-busy={reading} onKeyDown={press}>
      <audio
        ref={audio}
        onPause={told.stopped}
        onEnded={told.ended}
        onTimeUpdate={told.time}
        onLoadedMetadata={told.length}
        onError={told.failed}
      />
      <Button size="small" className="player-play" onClick={toggle} aria-label={playing ? w.timeline.pause : w.timeline.play}>
        <svg viewBox="0 0 16 16" className="glyph" aria-hidden>
          <path d={playing ? 'M3 2h3.5v12H3zM9.5 2H13v12H9.5z' : 'M4 2l10 6-10 6z'} />
        </svg>
      </Button>
      <Position player={player} />
      <Button
        size="small"
        type="text"
        className="figures player-speed"
        onClick={() => faster(speed === SPEEDS.at(-1) ? -SPEEDS.length : 1)}
        aria-label={w.timeline.speed(`${speed}×`)}
      >
        {`${speed}×`}
      </Button>
      {failed && (
        <p className="player-failed" role="alert">
          {w.timeline.playFailed}
        </p>
      )}
    </div>
  );
}

/** Where it is: a slider over the waveform, and the time in words. */
function Position({ player }: { readonly player: PlayerView }): ReactNode {
  const { w } = useWords();
  const { at, length, peaks, seek } = player;
  return (
    <>
      <span className="wave" title={peaks !== null && peaks.agent.length > 0 ? w.timeline.sides : undefined}>
        <Waveform peaks={peaks} played={length > 0 ? Math.min(1, at / length) : 0} />
        <input
          type="range"
          min={0}
          max={length || 1}
          step={0.1}
          value={at}
          disabled={length === 0}
          onChange={(event) => seek(Number(event.target.value))}
          aria-label={w.timeline.position}
          aria-valuetext={duration(at * 1000)}
        />
      </span>
      <span className="figures player-time">
        {duration(at * 1000)}
        {length > 0 && ` / ${duration(length * 1000)}`}
      </span>
    </>
  );
}

function keyWork(key: string, { toggle, seek, at, faster }: PlayerView): (() => void) | null {
  if (means('play', key)) return toggle;
  if (means('seek', key)) return () => seek(at + (key === 'ArrowLeft' ? -STEP : STEP));
  if (means('speed', key)) return () => faster(key === '+' ? 1 : -1);
  return null;
}
