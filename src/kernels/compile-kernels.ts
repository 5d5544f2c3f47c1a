import { readFileSync } from 'node:fs';
import { builtFile } from '../core/built-file.ts';
import { webAssembly } from './web-assembly.ts';

let wasTold = false;

/**
 * A file of compiled kernels, read and compiled synchronously; null where WebAssembly is switched off, and, with a warning,
 * where the file is not there or cannot be compiled: their twins in plain TypeScript then do the work.
 */
export function compileKernels(name: string): object | null {
  if (webAssembly === undefined) return null;
  const file = builtFile(`kernels/${name}`);
  try {
    return new webAssembly.Module(readFileSync(file));
  } catch (error) {
    if (!wasTold) process.emitWarning(`Kernels: ${file} must be there and valid, got ${(error as Error).message}. All works without it, but slowly. Build the library anew, or copy its build whole.`);
    wasTold = true;
    return null;
  }
}
