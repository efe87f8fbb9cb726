import type { ReactNode } from 'react';

export type Shape = 'ready' | 'offered' | 'talking' | 'held' | 'wrap-up' | 'not-ready' | 'offline' | 'warning' | 'recorded' | 'paused';

const DRAWN: Readonly<Record<Shape, ReactNode>> = {
  ready: <circle cx="8" cy="8" r="6" />,
  offered: (
    <>
      <circle cx="8" cy="8" r="5.25" className="outline" />
      <path d="M8 2a6 6 0 0 1 6 6H8z" />
    </>
  ),
  talking: <circle cx="8" cy="8" r="6" />,
  held: <path d="M3 2h3.5v12H3zM9.5 2H13v12H9.5z" />,
  'wrap-up': <path d="M8 1l7 7-7 7-7-7z" />,
  'not-ready': <circle cx="8" cy="8" r="5.25" className="outline" />,
  offline: <path d="M3 3l10 10M13 3L3 13" className="outline" />,
  warning: <path d="M8 1.5l7 13H1zM7.2 6v4h1.6V6zm0 5.2v1.6h1.6v-1.6z" fillRule="evenodd" />,
  recorded: (
    <>
      <circle cx="8" cy="8" r="5.25" className="outline" />
      <circle cx="8" cy="8" r="3" />
    </>
  ),
  paused: (
    <>
      <circle cx="8" cy="8" r="5.25" className="outline" />
      <path d="M5.8 5.5h1.5v5H5.8zM8.7 5.5h1.5v5H8.7z" />
    </>
  ),
};

/** A state: its colour and its shape; the word stands beside it. */
export function Mark({ shape }: { readonly shape: Shape }): ReactNode {
  return (
    <svg className={`mark mark-${shape}`} viewBox="0 0 16 16" aria-hidden>
      {DRAWN[shape]}
    </svg>
  );
}

/** The shape of an agent's state. */
export function shapeOf(state: string): Shape {
  switch (state) {
    case 'READY':
      return 'ready';
    case 'OFFERED':
    case 'RINGING':
    case 'DIALLING':
      return 'offered';
    case 'TALKING':
    case 'TALKING_BREAK_NEXT':
      return 'talking';
    case 'HELD':
    case 'CONSULTING':
      return 'held';
    case 'REJOINING':
      return 'offered';
    case 'WRAP_UP':
    case 'WRAP_UP_BREAK_NEXT':
      return 'wrap-up';
    case 'OFFLINE':
      return 'offline';
    default:
      return 'not-ready';
  }
}
