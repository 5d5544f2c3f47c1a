import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { packageVersions } from '../../core/package-versions.ts';
import { competitionNames } from '../../competition/load-competition.ts';
import { installCommand } from '../../nn/runtime/install-command.ts';
import type { Arguments } from '../command.ts';

/** A part that Refit does without. */
interface OptionalPart {
  name: string;
  /** What it gives. */
  gives: string;
  /** What it takes to have it. */
  install: string;
}

const PARTS: readonly OptionalPart[] = [
  { name: 'nodejs-polars', gives: 'Parquet files, and polars DataFrames as tables', install: 'npm install nodejs-polars@0.24.1' },
  { name: 'onnxruntime-node', gives: 'training and running neural nets', install: installCommand() },
];

const require = createRequire(import.meta.url);
const MOST_OLD = 20;

export async function run({ options }: Arguments): Promise<number> {
  const [major] = process.versions.node.split('.').map(Number);
  const memory = { total: totalmem(), free: freemem(), limit: memoryLimit() };
  const parts = PARTS.map((part) => ({ ...part, ...stateOf(part.name) }));
  const kernels = kernelState();
  const problems = [
    ...(major < MOST_OLD ? [`Node must be ${MOST_OLD} or later, this is ${process.versions.node}. Install a newer one from nodejs.org.`] : []),
    ...(kernels === undefined ? [] : [kernels]),
    ...(Math.min(memory.free, memory.limit ?? Infinity) < 2 ** 30 ? ['Less than 1 GiB of memory is free: large competitions may need --workers 1.'] : []),
  ];
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ versions: packageVersions(), platform: `${process.platform} ${process.arch}`, cores: availableParallelism(), memory, parts, problems })}\n`);
    return problems.length > 0 ? 1 : 0;
  }
  const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const facts: [string, string][] = [
    ...Object.entries(packageVersions()),
    ['platform', `${process.platform} ${process.arch}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}`],
    ['cores', `${availableParallelism()}: that many worker threads unless --workers says otherwise`],
    ['memory', `${gib(memory.total)}, ${gib(memory.free)} free${memory.limit === undefined ? '' : `, limited to ${gib(memory.limit)}`}`],
    ['competitions', competitionNames(process.cwd()).join(', ') || 'none'],
  ];
  const width = Math.max(...[...facts, ...parts.map(({ name }) => [name])].map(([name]) => name.length));
  process.stdout.write(
    [
      ...facts.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
      '',
      'Optional parts',
      ...parts.map(({ name, version, problem, gives, install }) => `${name.padEnd(width)}  ${version ?? 'missing'}: ${version === undefined ? `it would give ${gives}; ${problem ?? install}` : gives}`),
      '',
      ...(problems.length > 0 ? problems.map((problem) => `Problem: ${problem}`) : ['All is well.']),
      '',
    ].join('\n'),
  );
  return problems.length > 0 ? 1 : 0;
}

/** The version where a part is there and loads; else why it does not. */
function stateOf(name: string): { version?: string; problem?: string } {
  let folder: string | undefined;
  for (const root of require.resolve.paths(name) ?? []) if (existsSync(`${root}/${name}/package.json`)) folder ??= `${root}/${name}`;
  if (folder === undefined) return {};
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string };
  try {
    require(name);
    return { version };
  } catch (error) {
    return { problem: `version ${version} is there but does not load: ${(error as Error).message.split('\n')[0]}` };
  }
}

/** Why the kernels cannot work; undefined where they can. */
function kernelState(): string | undefined {
  // The compiler's library for Node does not know it.
  const { WebAssembly } = globalThis as unknown as { WebAssembly: { validate(bytes: Uint8Array): boolean } };
  try {
    // The smallest module that has a SIMD instruction: v128.const, dropped.
    const simd = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 23, 1, 21, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 26, 11);
    return WebAssembly.validate(simd) ? undefined : 'This Node has no SIMD in WebAssembly, which the fast loops need. Install an official build from nodejs.org.';
  } catch (error) {
    return `WebAssembly does not work: ${(error as Error).message}`;
  }
}

/** The container's memory limit, where there is one. */
function memoryLimit(): number | undefined {
  const limit = process.constrainedMemory?.();
  return limit !== undefined && limit > 0 && limit < totalmem() ? limit : undefined;
}
