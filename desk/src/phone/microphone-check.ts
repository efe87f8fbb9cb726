import type { Timers } from '../client/timers';
import { type Microphone, MicrophoneFault, type MicrophoneTrouble } from './line';
import type { Loudness } from './loudness';

export type Heard = 'heard' | 'faint' | 'silent' | MicrophoneTrouble;

const LOOK_EVERY = 100;
/** Six seconds of them; a busy computer looks later, and must not hear less for it. */
const LOOKS = 60;
/** A voice at arm's length is well above the first; a muted headset is below the second. */
const VOICE = 0.02;
const NOISE = 0.002;
/** A knock on the desk is no voice: so many looks in all have to hear it. */
const LOOKS_OF_VOICE = 5;

interface MicrophoneParts {
  readonly timers: Timers;
  readonly microphone: Microphone;
  listen(stream: MediaStream): Loudness;
  /** Told at each look. */
  level(loud: number): void;
}

/** Listens until a voice was heard, or tells after some seconds what was there instead. */
export async function checkMicrophone({ timers, microphone, listen, level }: MicrophoneParts): Promise<Heard> {
  let stream: MediaStream;
  let unplugged = false;
  try {
    stream = await microphone.open(() => {
      unplugged = true;
    });
  } catch (error) {
    return error instanceof MicrophoneFault ? error.trouble : 'unknown';
  }
  const loudness = listen(stream);
  let loudest = 0;
  let voice = 0;
  for (let looks = 0; looks < LOOKS && voice < LOOKS_OF_VOICE && !unplugged; looks++) {
    await new Promise<void>((done) => timers.after(LOOK_EVERY, done));
    const loud = loudness.read();
    loudest = Math.max(loudest, loud);
    if (loud >= VOICE) voice += 1;
    level(loud);
  }
  loudness.stop();
  microphone.close();
  level(0);
  if (unplugged) return 'unplugged';
  if (voice >= LOOKS_OF_VOICE) return 'heard';
  return loudest >= NOISE ? 'faint' : 'silent';
}
