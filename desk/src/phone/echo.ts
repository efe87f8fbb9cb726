import type { Microphone } from './line';
import { Outlet } from './outlet';

const SPEAK_FOR = 3;

/** Plays back at `device` what is said now, once it was said: through a loudspeaker it would howl otherwise. */
export async function hearMyself(microphone: Microphone, device: string): Promise<void> {
  const stream = await microphone.open(() => {});
  const context = new AudioContext();
  const outlet = new Outlet(context, device);
  try {
    const source = context.createMediaStreamSource(stream);
    const later = context.createDelay(SPEAK_FOR + 1);
    later.delayTime.value = SPEAK_FOR;
    source.connect(later).connect(outlet.node);
    await seconds(SPEAK_FOR);
    source.disconnect();
    microphone.close();
    await seconds(SPEAK_FOR);
  } finally {
    outlet.close();
    microphone.close();
    void context.close();
  }
}

function seconds(count: number): Promise<void> {
  return new Promise((done) => setTimeout(done, count * 1_000));
}
