import type { DeskCommand } from '../generated/wire';
import type { Rest } from './rest';

export interface TargetAgent {
  readonly agentId: string;
  readonly user: string;
  readonly name: string;
  readonly state: string;
  readonly since: string;
  readonly free: boolean;
  /** By which one calls them; null for who has no phone. */
  readonly extension: string | null;
}

export interface TargetQueue {
  readonly queue: string;
  readonly label: string;
  readonly waiting: number;
  readonly open: boolean;
}

export interface Targets {
  readonly agents: readonly TargetAgent[];
  readonly queues: readonly TargetQueue[];
  /** Whether numbers outside can be dialled. */
  readonly outside: boolean;
}

type Transfer = Extract<DeskCommand, { type: 'transfer' }>;

/** One line of the list: to whom, and whether it can be now. */
export interface Target {
  readonly to: Transfer['to'];
  readonly target: string;
  readonly label: string;
  readonly state: string | null;
  readonly since: string | null;
  readonly waiting: number | null;
  readonly free: boolean;
}

const NUMBER = /^\+?[0-9][0-9 ()./-]{2,30}$/;

export function loadTargets(rest: Rest): Promise<Targets> {
  return rest.get<Targets>('/transfer-targets');
}

/** Colleagues who fit what was typed, and can be called: those who are free first. */
export function colleagues(targets: Targets, typed: string, most: number): readonly TargetAgent[] {
  const found = matching(targets, typed).filter(({ to }) => to === 'AGENT');
  return found.flatMap(({ target }) => targets.agents.filter(({ agentId, extension }) => agentId === target && extension !== null)).slice(0, most);
}

/** What fits what was typed: a number as it is, then those who are free, then the others. */
export function matching(targets: Targets, typed: string): readonly Target[] {
  const text = typed.trim();
  const small = text.toLowerCase();
  const fits = (...words: readonly string[]): boolean => words.some((word) => word.toLowerCase().includes(small));
  const number: readonly Target[] =
    targets.outside && NUMBER.test(text)
      ? [{ to: 'NUMBER', target: text.replace(/[^+0-9]/g, ''), label: text, state: null, since: null, waiting: null, free: true }]
      : [];
  const agents = targets.agents
    .filter((agent) => fits(agent.name, agent.user, agent.extension ?? ''))
    .map((agent): Target => ({ to: 'AGENT', target: agent.agentId, label: agent.name, state: agent.state, since: agent.since, waiting: null, free: agent.free }));
  const queues = targets.queues
    .filter((queue) => fits(queue.label, queue.queue))
    .map((queue): Target => ({ to: 'QUEUE', target: queue.queue, label: queue.label, state: null, since: null, waiting: queue.waiting, free: queue.open }));
  const people = [...agents, ...queues];
  return [...number, ...people.filter((one) => one.free), ...people.filter((one) => !one.free)];
}
