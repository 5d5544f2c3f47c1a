import type { Command } from './command.ts';
import { usage } from './parse-arguments.ts';

/** The text of `refit --help`. */
export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => usage(command).length));
  return [
    'refit: from train.csv and test.csv to a submission that counts',
    '',
    ...commands.map((command) => `  ${usage(command).padEnd(width)}  ${command.summary}`),
    '',
    'refit <command> --help tells a command’s options.',
    '',
  ].join('\n');
}

/** The text of `refit <command> --help`. */
export function commandHelp(command: Command): string {
  const names = Object.entries(command.options).map(([name, option]) => [option.value ? `--${name} <${option.value}>` : `--${name}`, option] as const);
  const width = Math.max(0, ...names.map(([name]) => name.length));
  return [
    `${usage(command)}`,
    '',
    command.summary,
    '',
    ...names.map(([name, { summary, default: standard }]) => `  ${name.padEnd(width)}  ${summary}${standard ? ` (default: ${standard})` : ''}`),
    ...(names.length > 0 ? [''] : []),
    ...command.examples.map((example) => `  $ ${example}`),
    '',
  ].join('\n');
}
