// A recording as its player draws it.

/** How far the bars of the customer's and of the other side go away from the middle at most, from 0 to 1. */
export const drawn = (player) =>
  player.locator('.wave-bars').first().evaluate((svg) =>
    ['customer', 'agent'].map((side) => Math.max(...[...svg.querySelector(`.wave-${side}`).getAttribute('d').matchAll(/v(-?[\d.]+)/g)].map(([, height]) => Math.abs(height)))),
  );
