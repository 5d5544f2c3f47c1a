import type { Command } from './command.ts';
import { usage } from './parse-arguments.ts';

/** A command's page of the documentation, made of the same data as its help. */
export function commandPage(command: Command): string {
  const options = Object.entries(command.options);
  return [
    `# refit ${command.name}`,
    '',
    command.summary,
    '',
    '```',
    usage(command),
    '```',
    '',
    ...(options.length === 0
      ? ['It takes no options.', '']
      : [
          '| option | what it does | default |',
          '| --- | --- | --- |',
          ...options.map(([name, { kind, value, summary, default: standard, min }]) => {
            const written = kind === 'flag' ? `--${name}` : `--${name} <${value ?? 'value'}>`;
            const least = kind === 'whole' && min ? `; at least ${min}` : '';
            return `| ${code(written)} | ${cell(summary)}${least} | ${standard === undefined ? '' : cell(standard)} |`;
          }),
          '',
        ]),
    '```sh',
    ...command.examples,
    '```',
    '',
    `This page is made from the command's own data, as \`refit ${command.name} --help\` is.`,
    '',
  ].join('\n');
}

/** The list of all pages. */
export function commandIndex(commands: readonly Command[]): string {
  return [
    '# Commands',
    '',
    '| command | what it does |',
    '| --- | --- |',
    ...commands.map((command) => `| [${code(usage(command).replace(' [options]', ''))}](${command.name}.md) | ${cell(command.summary)} |`),
    '',
    'Exit status: 0 done, 1 a clear error, 2 words that were not understood, 70 a fault of Refit itself. Tables go to standard output, progress and errors to standard error.',
    '',
  ].join('\n');
}

const code = (text: string): string => `\`${text}\``;
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/<([^>]*)>/g, '&lt;$1&gt;');
