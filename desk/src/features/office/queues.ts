import { useEffect, useState } from 'react';
import type { Rest } from '../../client/rest';
import { useVisitor } from './visitor';

type Labels = Readonly<Record<string, string>>;

interface Queues {
  readonly items: readonly { readonly id: string; readonly label: string }[];
}

/** Read once a sign-in, by whoever asks first. */
const asked = new WeakMap<Rest, Promise<Labels>>();

function labelsOf(rest: Rest): Promise<Labels> {
  const known = asked.get(rest);
  if (known !== undefined) return known;
  const reading = rest.get<Queues>('/queues').then(({ items }): Labels => Object.fromEntries(items.map(({ id, label }) => [id, label])));
  asked.set(rest, reading);
  reading.catch(() => asked.delete(rest));
  return reading;
}

/** What people call a queue; its id until that is known. */
export function useQueueLabel(): (id: string) => string {
  const { rest } = useVisitor();
  const [labels, setLabels] = useState<Labels>({});
  useEffect(() => {
    let stopped = false;
    labelsOf(rest).then((read) => !stopped && setLabels(read), () => {});
    return () => {
      stopped = true;
    };
  }, [rest]);
  return (id) => (Object.hasOwn(labels, id) ? String(labels[id]) : id);
}
