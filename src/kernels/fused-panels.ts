import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { builtFile } from '../core/built-file.ts';
import { webAssembly } from './web-assembly.ts';

const FILE = builtFile('kernels/fused-panels.wasm');

/** What a process that wants the sums of any other machine sets to 'off'. */
const SWITCH = 'REFIT_FUSED';

/**
 * The kernels of assembly/panels.ts, assembly/symmetric-eigen.ts and assembly/near-points.ts compiled for fused multiply-add, up to
 * half again as fast as the plain ones: a product and the sum that takes it are rounded once, so that the last bits differ (not those
 * of near points, where such sums only tell what to look at). Undefined where the engine
 * has none of it, and with REFIT_FUSED=off in the environment; the plain kernels then stay. On a processor without fused
 * multiply-add the engine rounds twice, as the plain ones do.
 *
 * In Node 20 the engine knows the instruction only while a flag of its own is up. What is compiled then stays good, also in
 * other threads, so the flag goes down again at once.
 */
export function compileFusedPanels(): object | undefined {
  if (webAssembly === undefined || process.env[SWITCH] === 'off') return undefined;
  try {
    const bytes = readFileSync(FILE);
    return webAssembly.validate(bytes) ? new webAssembly.Module(bytes) : withFlag('experimental-wasm-relaxed-simd', () => new webAssembly!.Module(bytes));
  } catch {
    return undefined;
  }
}

function withFlag<Result>(flag: string, work: () => Result): Result {
  setFlagsFromString(`--${flag}`);
  try {
    return work();
  } finally {
    setFlagsFromString(`--no-${flag}`);
  }
}
