/**
 * How a talk sounds, as a mean opinion score between 1 and 4.5: the E-model of ITU-T G.107 (06/2015) with
 * its default values, narrowband. Delay by the approximation of Cole and Rosenbluth, "Voice over IP
 * performance monitoring" (ACM SIGCOMM CCR 31/2, 2001); loss by G.107's effective equipment impairment with
 * G.113 Appendix I's values for G.711 with concealment (Ie 0, Bpl 25.1), random loss.
 */
export function scoreOf({ lossPercent, oneWayMillis }: { readonly lossPercent: number; readonly oneWayMillis: number }): number {
  const delay = 0.024 * oneWayMillis + (oneWayMillis > TOO_LATE ? 0.11 * (oneWayMillis - TOO_LATE) : 0);
  const loss = (95 * lossPercent) / (lossPercent + ROBUSTNESS);
  return opinion(DEFAULT_RATING - delay - loss);
}

const DEFAULT_RATING = 93.2;
const TOO_LATE = 177.3;
const ROBUSTNESS = 25.1;

/** G.107 Annex B; below 6.5 its polynomial falls under the scale's lowest mark. */
function opinion(rating: number): number {
  if (rating <= 6.5) return 1;
  if (rating >= 100) return 4.5;
  return 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
}

/** In words: G.107 Annex B draws its lines of satisfaction at 4.03, 3.6 and 3.1. */
export function gradeOf(score: number): 'good' | 'fair' | 'poor' {
  if (score >= 4.03) return 'good';
  return score >= 3.1 ? 'fair' : 'poor';
}
