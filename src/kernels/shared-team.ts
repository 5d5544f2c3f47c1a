import { availableParallelism } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import type { KernelInstance } from './kernel-instance.ts';
import { thisInstance } from './kernel-memory.ts';
import { ThreadTeam } from './thread-team.ts';

/** Multiplications (each with an addition) that a team is started for: some 20 ms of one thread, about what a start takes. */
const WORTH_STARTING = 50_000_000;
/** What a team that is there already is called for. */
const WORTH_CALLING = 2_000_000;
/** More threads than this wait for each other. */
const MOST_THREADS = 8;
/** How long threads wait for the next call before they end, in milliseconds. */
const IDLE = 5000;

const teams = new WeakMap<KernelInstance, ThreadTeam>();

/**
 * Threads for a product of so many multiplications, within `withArena`; undefined where one thread is as fast, and in a
 * thread that is itself one of several. The team stays for the next call, and ends by itself when none comes.
 */
export function sharedTeam(multiplications: number): ThreadTeam | undefined {
  if (!isMainThread || multiplications < WORTH_CALLING) return undefined;
  const instance = thisInstance();
  if (instance === undefined) return undefined;
  const there = teams.get(instance);
  if (there?.isWhole) return there;
  if (multiplications < WORTH_STARTING) return undefined;
  there?.end();
  const team = ThreadTeam.start(Math.min(MOST_THREADS, availableParallelism()), IDLE);
  if (team) teams.set(instance, team);
  return team;
}
