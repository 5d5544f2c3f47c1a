import { OptionError } from '../core/errors.ts';
import { nearestName } from '../core/nearest-name.ts';
import { show } from '../core/show.ts';
import type { Arguments, Command } from './command.ts';

/**
 * Parses what stands behind the command's name: `--option value`, `--option=value`, flags, positional arguments.
 * @throws OptionError for what the command does not know or lacks.
 */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const owner = `refit ${command.name}`;
  const options: Arguments['options'] = {};
  const values: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i];
    if (!word.startsWith('-') || word === '-') {
      values.push(word);
      continue;
    }
    const [, name, attached] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const option = name !== undefined && Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    if (option === undefined) {
      const names = Object.keys(command.options);
      const near = nearestName(name ?? word, names);
      throw new OptionError(
        `${owner}: there is no option ${word.split('=')[0]}.${near ? ` Did you mean --${near}?` : ''} ` +
          (names.length > 0 ? `Options are ${names.map((n) => `--${n}`).join(', ')}.` : 'It takes no options.'),
      );
    }
    if (option.kind === 'flag') {
      if (attached !== undefined) throw new OptionError(`${owner}: --${name} takes no value, got ${show(attached)}.`);
      options[name] = true;
      continue;
    }
    const value = attached ?? words[++i];
    if (value === undefined) throw new OptionError(`${owner}: --${name} needs a value: --${name} <${option.value}>.`);
    if (option.kind === 'list') options[name] = [...((options[name] as string[] | undefined) ?? []), value];
    else if (option.kind === 'whole') options[name] = whole(owner, name, value, option.min);
    else options[name] = value;
  }
  return { options, positional: positionalArguments(owner, command, values) };
}

function whole(owner: string, name: string, value: string, min = 0): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > 2 ** 32 - 1) {
    throw new OptionError(`${owner}: --${name} must be a whole number in [${min}, ${2 ** 32 - 1}], got ${show(value)}.`);
  }
  return number;
}

function positionalArguments(owner: string, command: Command, values: readonly string[]): Arguments['positional'] {
  const required = command.positional.filter((name) => !name.startsWith('['));
  if (values.length < required.length) {
    throw new OptionError(`${owner}: ${required[values.length]} must be given. Usage: ${usage(command)}`);
  }
  if (values.length > command.positional.length) {
    throw new OptionError(`${owner}: ${show(values[command.positional.length])} is one argument too many. Usage: ${usage(command)}`);
  }
  return Object.fromEntries(command.positional.map((name, i) => [name.replace(/[[\]]/g, ''), values[i]]));
}

/** `refit run <competition> [options]` */
export function usage(command: Command): string {
  const positional = command.positional.map((name) => (name.startsWith('[') ? `[<${name.slice(1, -1)}>]` : `<${name}>`));
  return ['refit', command.name, ...positional, ...(Object.keys(command.options).length > 0 ? ['[options]'] : [])].join(' ');
}
