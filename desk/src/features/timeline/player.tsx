import { Button } from 'antd';
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { duration } from '../../format/time';
import { useWords } from '../../i18n/language';
import { means } from '../../keys/keys';
import { players } from './players';

const SPEEDS = [1, 1.25, 1.5, 2];
const STEP = 5;

interface PlayerProps {
  readonly recordingId: string;
  /** What it is a recording of, for a screen reader. */
  readonly of: string;
}

/** Plays a recording as it comes from the server: seek by mouse or arrows, faster by + and slower by -. */
export function Player({ recordingId, of }: PlayerProps): ReactNode {
  const { w } = useWords();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [speed, setSpeed] = useState(1);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed;
  }, [speed]);

  useEffect(() => (audio.current === null ? undefined : players.add(audio.current)), []);

  const toggle = (): void => {
    const sound = audio.current;
    if (sound === null) return;
    if (!sound.paused) sound.pause();
    else {
      players.pauseAll(sound);
      // one that was paused before it was heard did not fail
      sound.play().catch((error: unknown) => setFailed(!(error instanceof DOMException && error.name === 'AbortError')));
    }
  };
  const seek = (to: number): void => {
    if (audio.current) audio.current.currentTime = Math.min(Math.max(0, to), length);
    setAt(to);
  };
  const faster = (steps: number): void => {
    const index = SPEEDS.indexOf(speed) + steps;
    setSpeed(SPEEDS[Math.min(Math.max(0, index), SPEEDS.length - 1)] ?? 1);
  };
  const press = (event: KeyboardEvent): void => {
    const work = keyWork(event.key, { toggle, seek: (by) => seek(at + by), faster });
    if (work === null) return;
    event.preventDefault();
    event.stopPropagation();
    work();
  };

  return (
    <div className="player" role="group" aria-label={w.timeline.recordingOf(of)} onKeyDown={press}>
      <audio
        ref={audio}
        src={`/api/v1/recordings/${encodeURIComponent(recordingId)}`}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onLoadedMetadata={(event) => setLength(event.currentTarget.duration)}
        onError={() => setFailed(true)}
      />
      <Button size="small" className="player-play" onClick={toggle} aria-label={playing ? w.timeline.pause : w.timeline.play}>
        <svg viewBox="0 0 16 16" className="glyph" aria-hidden>
          <path d={playing ? 'M3 2h3.5v12H3zM9.5 2H13v12H9.5z' : 'M4 2l10 6-10 6z'} />
        </svg>
      </Button>
      <input
        type="range"
        min={0}
        max={length || 1}
        step={0.1}
        value={at}
        onChange={(event) => seek(Number(event.target.value))}
        aria-label={w.timeline.position}
        aria-valuetext={duration(at * 1000)}
      />
      <span className="figures player-time">
        {duration(at * 1000)}
        {length > 0 && ` / ${duration(length * 1000)}`}
      </span>
      <Button
        size="small"
        type="text"
        className="figures"
        onClick={() => setSpeed(SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1)}
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

interface Works {
  readonly toggle: () => void;
  readonly seek: (by: number) => void;
  readonly faster: (steps: number) => void;
}

function keyWork(key: string, { toggle, seek, faster }: Works): (() => void) | null {
  if (means('play', key)) return toggle;
  if (means('seek', key)) return () => seek(key === 'ArrowLeft' ? -STEP : STEP);
  if (means('speed', key)) return () => faster(key === '+' ? 1 : -1);
  return null;
}
