import { availableParallelism } from 'node:os';
import { threadsAtHand } from '../core/this-thread.ts';
import type { KernelInstance } from './kernel-instance.ts';
import { KEPT_MILLISECONDS, thisInstance } from './kernel-memory.ts';
import { ThreadTeam } from './thread-team.ts';

/** Multiplications (each with an addition) that a team is started for: some 20 ms of one thread, about what a start takes. */
const WORTH_STARTING = 50_000_000;
/** What a team that is there already is called for. */
const WORTH_CALLING = 2_000_000;
/** More threads than this wait for each other. */
const MOST_THREADS = 8;

const teams = new WeakMap<KernelInstance, ThreadTeam>();

/**
 * A team of so many threads on this thread's memory, within `withArena`; undefined where ThreadTeam.start gives none. It
 * stays for the next call as long as the memory does, and ends by itself when none comes.
 */
export function keptTeam(threads: number): ThreadTeam | undefined {
  if (threads < 2) return undefined;
  const there = teamThere();
  if (there?.threads === threads) return there;
  there?.end();
  const team = ThreadTeam.start(threads, KEPT_MILLISECONDS);
  if (team) teams.set(thisInstance() as KernelInstance, team);
  return team;
}

function teamThere(): ThreadTeam | undefined {
  const instance = thisInstance();
  const team = instance && teams.get(instance);
  return team?.isWhole ? team : undefined;
}

/**
 * Threads for a product of so many multiplications, within `withArena`; undefined where one thread is as fast. A thread that
 * is itself one of several takes no more than its share. The team stays for the next call, and ends by itself when none comes.
 */
export function sharedTeam(multiplications: number): ThreadTeam | undefined {
  const most = threadsAtHand();
  if (most < 2 || multiplications < WORTH_CALLING) return undefined;
  const there = teamThere();
  if (there && there.threads <= most) return there;
  return multiplications < WORTH_STARTING ? undefined : keptTeam(Math.min(MOST_THREADS, availableParallelism(), most));
}
