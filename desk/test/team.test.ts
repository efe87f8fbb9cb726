import { describe, expect, it } from 'vitest';
import { DeskFault } from '../src/client/faults';
import { AskedTeam, SentTeam } from '../src/client/team';
import { averageWait, serviceLevel } from '../src/features/team/figures';
import type { DeskCommand, TeamView } from '../src/generated/wire';
import { HandTimers } from './hand-timers';

const VIEW = { at: '2026-01-05T01:00:00Z', since: '2026-01-04T16:00:00Z', agents: [], queues: [], waiting: [] } satisfies TeamView;
const DAY = { offered: 10, answered: 8, abandoned: 1, missed: 0, turnedAway: 1, inTime: 6, waitMillis: 80_000, talkMillis: 800_000 };

describe('the team', () => {
  it('is sent while it is watched, and asked for again when the link is back', async () => {
    const sent: DeskCommand['type'][] = [];
    const team = new SentTeam((command) => {
      sent.push(command.type);
      return Promise.resolve();
    });
    const seen: TeamView[] = [];
    const faults: DeskFault[] = [];
    team.link(true);
    expect(sent).toEqual([]);
    const stop = team.watch((view) => seen.push(view), (fault) => faults.push(fault));
    team.receive(VIEW);
    team.link(false);
    team.link(true);
    stop();
    team.receive(VIEW);
    expect(seen).toEqual([VIEW]);
    expect(faults.map((fault) => fault.type)).toEqual(['desk:link-down']);
    expect(sent).toEqual(['watchTeam', 'watchTeam', 'leaveTeam']);
  });

  it('that cannot be watched tells why', async () => {
    const team = new SentTeam(() => Promise.reject(new DeskFault('/problems/forbidden', 'no')));
    const fault = await new Promise<DeskFault>((failed) => team.watch(() => {}, failed));
    expect(fault.type).toBe('/problems/forbidden');
  });

  it('is asked for every two seconds where there is no desk, also after a fault', async () => {
    const timers = new HandTimers();
    let answers = 0;
    const rest = { get: () => (++answers === 2 ? Promise.reject(new DeskFault('desk:link-down', 'away')) : Promise.resolve(VIEW)) };
    const seen: string[] = [];
    const team = new AskedTeam(rest as never, timers);
    const stop = team.watch(() => seen.push('view'), (fault) => seen.push(fault.type));
    await timers.pass(4_000);
    expect(seen).toEqual(['view', 'desk:link-down', 'view']);
    stop();
    await timers.pass(4_000);
    expect(answers).toBe(3);
  });
});

describe("a queue's figures", () => {
  it('count whoever was turned away neither for nor against the service level', () => {
    expect(serviceLevel(DAY)).toBe(67);
    expect(serviceLevel({ ...DAY, offered: 1, turnedAway: 1 })).toBeNull();
  });

  it('are averages over the answered calls', () => {
    expect(averageWait(DAY)).toBe(10_000);
    expect(averageWait({ ...DAY, answered: 0 })).toBeNull();
  });
});
