import { type ReactNode, useMemo } from 'react';
import { BARS, loudestOf, type Peaks, pathOf } from './peaks';

interface WaveformProps {
  readonly peaks: Peaks | null;
  /** From 0 to 1. */
  readonly played: number;
}

/** How loud the two sides are: the customer above the middle, what they heard below; what was played has its own colour. */
export function Waveform({ peaks, played }: WaveformProps): ReactNode {
  const bars = useMemo(() => (peaks === null ? null : <Bars of={peaks} />), [peaks]);
  if (bars === null) return <span className="wave-plain" aria-hidden />;
  const box = { viewBox: `0 -1 ${BARS} 2`, preserveAspectRatio: 'none', 'aria-hidden': true } as const;
  return (
    <>
      <svg className="wave-bars" {...box}>
        {bars}
      </svg>
      <svg className="wave-bars wave-played" style={{ clipPath: `inset(0 ${((1 - played) * 100).toFixed(2)}% 0 0)` }} {...box}>
        {bars}
      </svg>
    </>
  );
}

function Bars({ of }: { readonly of: Peaks }): ReactNode {
  const { customer, agent } = of;
  const loudest = loudestOf(of);
  return (
    <>
      <path className="wave-customer" d={pathOf(customer, 'up', loudest)} />
      <path className="wave-agent" d={pathOf(agent.length > 0 ? agent : customer, 'down', loudest)} />
    </>
  );
}
