/** A telephone's, in a field of 16 by 16. */
export const HANDSET = 'M5 1.5 6.8 5 5.3 6.3a8 8 0 0 0 4.4 4.4L11 9.2l3.5 1.8v2.2c0 .8-.6 1.4-1.4 1.3C6.7 14 2 9.3 1.5 2.9 1.4 2.1 2 1.5 2.8 1.5z';
