import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, totalmem, type } from 'node:os';

/** Cores that both sides may use. */
export const CORES = 2;

/** Where the figures come from. */
export interface Machine {
  cpu: string;
  /** Cores that this process may use. */
  cores: number;
  gigabytes: number;
  system: string;
  /** Put before every command, so that it keeps to two cores; empty where that needs nothing or cannot be had. */
  pin: readonly string[];
}

/** This machine. Cores are held back with taskset where it is there and more than two could be used. */
export function thisMachine(): Machine {
  const cores = availableParallelism();
  const pin = ['taskset', '--cpu-list', Array.from({ length: CORES }, (_, i) => i).join(',')];
  const pinned = cores > CORES && spawnSync(pin[0], [...pin.slice(1), 'true']).status === 0;
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${process.arch}`,
    pin: pinned ? pin : [],
  };
}

/**
 * Settings of some machines that slow one side and are none of its business: OPENBLAS_* tell OpenBLAS which processor it
 * runs on, and a wrong one slows numpy; NODE_EXTRA_CA_CERTS has Node 20 read all certificates at every start, for 50 to 80 ms.
 */
const DROPPED = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE', 'NODE_EXTRA_CA_CERTS'];

/**
 * The environment of a measured process: BLAS and OpenMP with so many threads, worker processes for two cores, nothing
 * of the machine's own that slows one side.
 */
export function benchEnvironment(environment: NodeJS.ProcessEnv, threads: number): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(environment).filter(([name]) => !DROPPED.includes(name)));
  const names = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS', 'VECLIB_MAXIMUM_THREADS'];
  return { ...kept, ...Object.fromEntries(names.map((name) => [name, String(threads)])), LOKY_MAX_CPU_COUNT: String(CORES) };
}
