import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DeskFault, LINK_DOWN, OUTCOME_UNKNOWN } from '../src/client/faults';
import { DeskSocket } from '../src/client/socket';
import type { DeskMessage } from '../src/generated/wire';
import type { Link } from '../src/store/store';
import { HandTimers, settle } from './hand-timers';
import { snapshot } from './samples';

class FakeSocket {
  readyState = 0;
  sent: { id: number; command: { type: string } }[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as FakeSocket['sent'][number]);
  }

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  tell(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  lose(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }
}

beforeEach(() => {
  vi.stubGlobal('WebSocket', { OPEN: 1 });
});

function desk(): {
  socket: DeskSocket;
  timers: HandTimers;
  opened: FakeSocket[];
  messages: DeskMessage[];
  links: Link[];
  doubts: () => number;
} {
  const timers = new HandTimers();
  const opened: FakeSocket[] = [];
  const messages: DeskMessage[] = [];
  const links: Link[] = [];
  let doubts = 0;
  const socket = new DeskSocket(
    () => {
      const fake = new FakeSocket();
      opened.push(fake);
      return fake as unknown as WebSocket;
    },
    { message: (m) => messages.push(m), link: (l) => links.push(l), sessionDoubtful: () => doubts++ },
    timers,
  );
  return { socket, timers, opened, messages, links, doubts: () => doubts };
}

async function fault(promise: Promise<void>): Promise<string> {
  return promise.then(
    () => 'done',
    (error: DeskFault) => error.type,
  );
}

describe('the socket', () => {
  it('numbers commands and settles each with its own answer', async () => {
    const { socket, opened } = desk();
    socket.start();
    opened[0]!.open();
    const first = fault(socket.send({ type: 'ready' }));
    const second = fault(socket.send({ type: 'hold', callId: 'c1' }));
    expect(opened[0]!.sent).toEqual([
      { id: 1, command: { type: 'ready' } },
      { id: 2, command: { type: 'hold', callId: 'c1' } },
    ]);
    opened[0]!.tell({ message: null, result: { id: 2, fault: { type: 'refused', detail: 'No.' } } });
    opened[0]!.tell({ message: null, result: { id: 1, fault: null } });
    expect(await first).toBe('done');
    expect(await second).toBe('refused');
  });

  it('refuses a command at once while the link is down', async () => {
    const { socket } = desk();
    socket.start();
    expect(await fault(socket.send({ type: 'ready' }))).toBe(LINK_DOWN);
  });

  it('says that an outcome is unknown when the link is lost before the answer', async () => {
    const { socket, opened } = desk();
    socket.start();
    opened[0]!.open();
    const waiting = fault(socket.send({ type: 'ready' }));
    opened[0]!.lose();
    expect(await waiting).toBe(OUTCOME_UNKNOWN);
  });

  it('reconnects with growing pauses, and at once when told that the network is back', async () => {
    const { socket, timers, opened, links } = desk();
    socket.start();
    const pauses: number[] = [];
    for (let i = 0; i < 8; i++) {
      opened.at(-1)!.lose();
      const link = links.at(-1)!;
      const pause = link.state === 'down' ? link.nextTryAt - timers.now() : -1;
      pauses.push(Math.round(pause));
      await timers.pass(pause);
    }
    expect(pauses).toEqual([188, 375, 750, 1500, 3000, 6000, 6000, 6000]);
    opened.at(-1)!.lose();
    const before = opened.length;
    socket.tryNow();
    expect(opened).toHaveLength(before + 1);
  });

  it('hands on messages in their order', () => {
    const { socket, opened, messages } = desk();
    socket.start();
    opened[0]!.open();
    opened[0]!.tell({ message: snapshot(1), result: null });
    opened[0]!.tell({ message: snapshot(2), result: null });
    expect(messages.map((m) => m.seq)).toEqual([1, 2]);
  });

  it('notices a cable that was cut without a word', async () => {
    const { socket, timers, opened, links } = desk();
    socket.start();
    opened[0]!.open();
    await timers.pass(5_000);
    expect(opened[0]!.sent.at(-1)?.command.type).toBe('askSnapshot');
    expect(links.at(-1)?.state).toBe('up');
    await timers.pass(3_000);
    expect(links.at(-1)?.state).toBe('down');
    expect(opened[0]!.closed).toBe(true);
  });

  it('is kept quiet by the heartbeats of the server', async () => {
    const { socket, timers, opened, messages } = desk();
    socket.start();
    opened[0]!.open();
    for (let i = 0; i < 10; i++) {
      await timers.pass(2_000);
      opened[0]!.tell({ message: null, result: null });
    }
    expect(opened[0]!.sent).toEqual([]);
    expect(messages).toEqual([]);
  });

  it('leaves a quiet but living link alone', async () => {
    const { socket, timers, opened } = desk();
    socket.start();
    opened[0]!.open();
    for (let i = 0; i < 5; i++) {
      await timers.pass(5_000);
      const pulse = opened[0]!.sent.at(-1)!;
      opened[0]!.tell({ message: null, result: { id: pulse.id, fault: null } });
    }
    expect(opened).toHaveLength(1);
  });

  it('doubts the session when the server closes for it or refuses twice', async () => {
    const { socket, timers, opened, doubts } = desk();
    socket.start();
    opened[0]!.open();
    opened[0]!.tell({ message: snapshot(1), result: null });
    opened[0]!.lose(1006);
    expect(doubts()).toBe(0);
    await timers.pass(300);
    opened[1]!.lose(1006);
    expect(doubts()).toBe(1);
  });

  it('opens nothing any more after it was stopped', async () => {
    const { socket, timers, opened } = desk();
    socket.start();
    opened[0]!.open();
    socket.stop();
    opened[0]!.lose();
    await timers.pass(60_000);
    await settle();
    expect(opened).toHaveLength(1);
  });
});
