import type { ReactNode } from 'react';
import { useWords } from '../../i18n/language';
import type { Moment } from '../../phone/quality';
import { gradeOf } from '../../phone/score';
import { Mark } from '../../ui/mark';

const SHAPES = { good: 'ready', fair: 'offered', poor: 'warning' } as const;

/** How the last seconds sounded: a shape, a word, and the figures on hover. */
export function CallQuality({ quality }: { readonly quality: Moment }): ReactNode {
  const { w } = useWords();
  const grade = gradeOf(quality.score);
  return (
    <span className="call-quality" data-grade={grade} title={w.quality.figures(figuresOf(quality))}>
      <Mark shape={SHAPES[grade]} />
      {w.quality[grade]}
    </span>
  );
}

export interface Figures {
  readonly score: string;
  readonly loss: string;
  readonly jitter: string;
  readonly roundTrip: string;
}

/** As they are read. */
export function figuresOf(quality: Moment): Figures {
  return {
    score: quality.score.toFixed(1),
    loss: quality.lossPercent.toFixed(1),
    jitter: String(Math.round(quality.jitterMillis)),
    roundTrip: String(Math.round(quality.roundTripMillis)),
  };
}
