/**
 * How threads that grow a tree together find work, without leaving compiled code between two jobs. It is what ../thread-jobs.ts
 * and ../thread-team.ts do for single kernels: a job is cut into blocks, which threads take until none is left.
 *
 * `team` is the address of 448 bytes, zeros at first: what is written while others look at something else lies on a line of
 * the caches of its own. The job's number stands in the upper half of the first two words, so that a thread that comes late
 * takes nothing of a job that it has not read.
 */
const NEXT: usize = 0;
const LIMIT: usize = 4;
const TAKEN: usize = 8;
const DONE: usize = 64;
const AWAITED: usize = 68;
const CALLS: usize = 128;
const ASLEEP: usize = 132;
/** Whether the tree is grown; ../grow-tree.ts clears it before the next. */
const OVER: usize = 136;
const ANSWERS: usize = 192;

/** Turns of looking before a thread lies down. */
const SPINS: i32 = 20_000;
/** How long it lies before it looks again, in nanoseconds, and how often before it takes the others for dead. */
const PATIENCE: i64 = 100_000_000;
const LOOKS: i32 = 300;

/** Announces a job; thread 0 alone does. */
export function call(team: usize, blocks: i32): void {
  const job = ((load<i32>(team, LIMIT) >>> 16) + 1) & 0x7fff;
  atomic.store<i32>(team + DONE, 0);
  atomic.store<i32>(team + TAKEN, 0);
  atomic.store<i32>(team + LIMIT, (job << 16) | blocks);
  atomic.store<i32>(team + NEXT, job << 16);
  wake(team);
}

/** Lets the others go. */
export function endTeam(team: usize): void {
  atomic.store<i32>(team + OVER, 1);
  wake(team);
}

function wake(team: usize): void {
  atomic.add<i32>(team + CALLS, 1);
  if (atomic.load<i32>(team + ASLEEP) > 0) atomic.notify(team + CALLS, -1);
}

/** Takes a block. @returns the job's number, its blocks and what was taken before, 16, 8 and 8 bits; −1 where none is left */
export function claim(team: usize): i32 {
  let next = 0;
  let limit = 0;
  do {
    next = atomic.load<i32>(team + NEXT);
    limit = atomic.load<i32>(team + LIMIT);
    if (next >>> 16 != limit >>> 16 || (next & 0xffff) >= (limit & 0xffff)) return -1;
  } while (atomic.cmpxchg<i32>(team + NEXT, next, next + 1) != next);
  return (next & 0x7fff0000) | ((limit & 255) << 8) | (next & 255);
}

/** How many blocks threads but the first have taken so far; one more from now on. */
export function countTaken(team: usize): i32 {
  return atomic.add<i32>(team + TAKEN, 1);
}

/** Tells that a block is done. */
export function finish(team: usize, blocks: i32): void {
  if (atomic.add<i32>(team + DONE, 1) + 1 == blocks && atomic.load<i32>(team + AWAITED) != 0) atomic.notify(team + DONE, -1);
}

/** Waits, as thread 0, until all blocks are done. It traps where others have not been heard of for half a minute. */
export function waitForAll(team: usize, blocks: i32): void {
  let looks = 0;
  for (let spins = 0; atomic.load<i32>(team + DONE) < blocks; spins++) {
    if (spins < SPINS) continue;
    atomic.store<i32>(team + AWAITED, 1);
    const done = atomic.load<i32>(team + DONE);
    if (done < blocks && atomic.wait<i32>(team + DONE, done, PATIENCE) == AtomicWaitResult.TIMED_OUT && ++looks == LOOKS) unreachable();
    atomic.store<i32>(team + AWAITED, 0);
  }
}

/** How many jobs have been announced; read before looking for blocks. */
export function callsOf(team: usize): i32 {
  return atomic.load<i32>(team + CALLS);
}

/** Whether the tree is grown. To be asked after callsOf: the end too counts as announced, and none follows it. */
export function isOver(team: usize): bool {
  return atomic.load<i32>(team + OVER) != 0;
}

/** Waits, as another thread, until more than so many jobs have been announced. */
export function waitForCall(team: usize, calls: i32): void {
  for (let spins = 0; atomic.load<i32>(team + CALLS) == calls; spins++) {
    if (spins < SPINS) continue;
    atomic.add<i32>(team + ASLEEP, 1);
    atomic.wait<i32>(team + CALLS, calls, PATIENCE);
    atomic.sub<i32>(team + ASLEEP, 1);
  }
}

/** What a block of the job has answered, good until the next job answers. */
export function answerOf(team: usize, block: i32): i32 {
  return load<i32>(team + ((<usize>block) << 2), ANSWERS);
}

export function setAnswer(team: usize, block: i32, answer: i32): void {
  store<i32>(team + ((<usize>block) << 2), answer, ANSWERS);
}
