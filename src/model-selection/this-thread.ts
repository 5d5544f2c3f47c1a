/** What this thread is: a worker does all its work itself, so that a search within a fold starts no threads of its own. */
export const thisThread = { isWorker: false };
