/** Places in the words that a command shares with the thread that waits for Ctrl-C: whether to wait no longer, how many steps are kept, and of how many. */
export const END = 0;
export const KEPT = 1;
export const STEPS = 2;
