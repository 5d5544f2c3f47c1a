#!/usr/bin/env node
import { RefitError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show } from '../core/show.ts';
import { useTypeScript } from '../loader/use-typescript.ts';
import { commands } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';
import { parseArguments } from './parse-arguments.ts';
import { sourceStack } from './source-stack.ts';

/** Exit status: 0 done, 1 a clear error, 2 words that were not understood, 70 a fault of ours. */
async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(generalHelp(commands));
    return 0;
  }
  if (name === '--version' || name === '-v') {
    const { packageVersions } = await import('../core/package-versions.ts');
    process.stdout.write(`${packageVersions().refit}\n`);
    return 0;
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = commands.map((candidate) => candidate.name);
    const near = nearestName(name, names);
    process.stderr.write(`refit: there is no command ${show(name)}.${near ? ` Did you mean ${near}?` : ''} Commands are ${names.join(', ')}.\n`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(commandHelp(command));
    return 0;
  }
  const args = parseArguments(command, rest);
  process.setSourceMapsEnabled(true);
  await useTypeScript(new URL('../loader/typescript-hooks.js', import.meta.url));
  const { run } = await command.load();
  return run(args);
}

main(process.argv.slice(2)).then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    if (error instanceof RefitError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = error.name === 'OptionError' && error.message.startsWith('refit ') ? 2 : 1;
    } else {
      process.stderr.write(`${error instanceof Error ? sourceStack(error) : String(error)}\n`);
      process.exitCode = 70;
    }
  },
);
