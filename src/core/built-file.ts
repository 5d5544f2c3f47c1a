import { fileURLToPath } from 'node:url';

/**
 * Full path of a file that the build makes beside the library's script, such as `kernels/kernels.wasm`. The build may lie
 * under any name; from TypeScript sources (under a test runner) it is the one in dist/.
 */
export function builtFile(path: string): string {
  // Seen from src/core, and from any folder of the build.
  return fileURLToPath(new URL(`${import.meta.url.endsWith('.ts') ? '../../dist' : '..'}/${path}`, import.meta.url));
}
