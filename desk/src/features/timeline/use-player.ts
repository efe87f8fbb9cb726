import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Rest } from '../../client/rest';
import type { Peaks } from './peaks';
import { players } from './players';
import { isTooLong, readSound } from './read-sound';

export const SPEEDS = [1, 1.25, 1.5, 2] as const;

export interface PlayerView {
  readonly audio: RefObject<HTMLAudioElement | null>;
  /** It plays, or will as soon as it is read. */
  readonly playing: boolean;
  readonly reading: boolean;
  readonly failed: boolean;
  /** In seconds; a length of 0 is not known yet. */
  readonly at: number;
  readonly length: number;
  readonly speed: number;
  /** Null until the recording is read, and for one that cannot be drawn. */
  readonly peaks: Peaks | null;
  readonly toggle: () => void;
  readonly seek: (to: number) => void;
  readonly faster: (steps: number) => void;
  /** What the element tells. */
  readonly told: {
    readonly length: () => void;
    readonly time: () => void;
    readonly stopped: () => void;
    readonly ended: () => void;
    readonly failed: () => void;
  };
}

/** One recording: read when it is to be heard first, once, because each access stands in the audit. */
export function usePlayer(rest: Rest, recordingId: string, millis: number): PlayerView {
  const path = `/recordings/${encodeURIComponent(recordingId)}`;
  const audio = useRef<HTMLAudioElement>(null);
  const wanted = useRef(false);
  const source = useRef<Promise<void> | null>(null);
  const gone = useRef(new AbortController());
  // the element is gone before the page forgets the recording
  const blob = useRef<string | null>(null);
  const [playing, setPlaying] = useState(false);
  const [reading, setReading] = useState(false);
  const [failed, setFailed] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(millis / 1000);
  const [speed, setSpeed] = useState<number>(SPEEDS[0]);
  const [peaks, setPeaks] = useState<Peaks | null>(null);

  const want = (play: boolean): void => {
    wanted.current = play;
    setPlaying(play);
  };
  const [sound] = useState(() => ({
    pause: () => {
      want(false);
      audio.current?.pause();
    },
  }));

  useEffect(() => {
    // one that is read after this has the default
    if (audio.current) audio.current.defaultPlaybackRate = audio.current.playbackRate = speed;
  }, [speed]);

  useEffect(() => {
    const leaving = (gone.current = new AbortController());
    const forget = players.add(sound);
    return () => {
      forget();
      sound.pause();
      leaving.abort();
      if (blob.current !== null) URL.revokeObjectURL(blob.current);
      blob.current = null;
    };
  }, [sound]);

  const read = async (): Promise<void> => {
    setReading(true);
    try {
      const { signal } = gone.current;
      const whole = isTooLong(millis) ? null : await readSound(await rest.open(path, signal), setPeaks);
      if (audio.current === null || signal.aborted) return;
      blob.current = whole === null ? null : URL.createObjectURL(whole);
      audio.current.src = blob.current ?? `/api/v1${path}`;
    } finally {
      setReading(false);
    }
  };
  const play = async (): Promise<void> => {
    setFailed(false);
    try {
      await (source.current ??= read());
    } catch {
      source.current = null;
      setFailed(true);
      want(false);
      return;
    }
    // meanwhile a call may have rung
    if (wanted.current) await audio.current?.play().catch(notPlayed);
  };
  const notPlayed = (error: unknown): void => {
    want(false);
    // one that was paused before it was heard did not fail; nor one that the browser wants to be clicked once more
    setFailed(!(error instanceof DOMException && (error.name === 'AbortError' || error.name === 'NotAllowedError')));
  };
  const toggle = (): void => {
    if (wanted.current) {
      sound.pause();
      return;
    }
    players.pauseAll(sound);
    want(true);
    void play();
  };
  const seek = (to: number): void => {
    const there = Math.min(Math.max(0, to), length);
    if (audio.current !== null && audio.current.readyState > 0) audio.current.currentTime = there;
    setAt(there);
  };
  const faster = (steps: number): void => {
    const index = SPEEDS.findIndex((one) => one === speed) + steps;
    setSpeed(SPEEDS[Math.min(Math.max(0, index), SPEEDS.length - 1)] ?? 1);
  };
  const told = {
    length: () => {
      const element = audio.current;
      if (element === null) return;
      setLength(element.duration);
      // where somebody wants to hear it from
      if (at > 0) element.currentTime = Math.min(at, element.duration);
    },
    time: () => audio.current !== null && setAt(audio.current.currentTime),
    stopped: () => want(false),
    ended: () => {
      want(false);
      setAt(length);
    },
    failed: () => {
      want(false);
      setFailed(true);
    },
  };
  return { audio, playing, reading, failed, at, length, speed, peaks, toggle, seek, faster, told };
}
