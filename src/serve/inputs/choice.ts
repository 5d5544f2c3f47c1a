import { OptionError } from '../../core/errors.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { show, showList } from '../../core/show.ts';
import type { InputComponent, InputOptions } from '../component.ts';
import { UserError } from '../user-error.ts';

export interface ChoiceOptions<C extends string> extends InputOptions {
  /** What can be chosen, in the order shown. */
  choices: readonly C[];
  /** Taken where a caller leaves it out. Default the first on the page, none in the API. */
  value?: C;
}

/** One of a fixed list of texts. */
export function choice<const C extends string>({ label = 'Choice', name, help, choices, value }: ChoiceOptions<C>): InputComponent<C> {
  checkChoices(label, choices, value === undefined ? [] : [value]);
  return {
    // Few choices are seen at once, many are looked for in a list.
    type: choices.length <= 4 ? 'radio' : 'dropdown',
    label,
    name: name ?? null,
    initial: value,
    example: value ?? choices[0],
    schema: { type: 'string', enum: choices },
    pythonType: literal(choices),
    page: { choices: [...choices], help: help ?? null },
    read: (payload) => chosen(label, choices, payload),
  };
}

/** One of a fixed list of texts, or null where none is chosen: a value that is not known. */
export function optionalChoice<const C extends string>(options: ChoiceOptions<C>): InputComponent<C | null> {
  const inner = choice(options);
  return {
    ...inner,
    type: 'dropdown',
    initial: inner.initial ?? null,
    schema: { type: ['string', 'null'], enum: [...options.choices, null] },
    pythonType: `${inner.pythonType} | None`,
    page: { ...inner.page, optional: true },
    read: (payload, files) => (payload === null ? null : inner.read(payload, files)),
  };
}

export interface MultipleChoiceOptions<C extends string> extends InputOptions {
  /** What can be chosen, in the order shown. */
  choices: readonly C[];
  /** Taken where a caller leaves it out. Default none chosen. */
  value?: readonly C[];
}

/** Any number of a fixed list of texts, in the order of the list, each at most once. */
export function multipleChoice<const C extends string>({ label = 'Choices', name, help, choices, value = [] }: MultipleChoiceOptions<C>): InputComponent<C[]> {
  checkChoices(label, choices, value);
  return {
    type: 'checkboxgroup',
    label,
    name: name ?? null,
    initial: [...value],
    example: value.length > 0 ? [...value] : [choices[0]],
    schema: { type: 'array', items: { type: 'string', enum: choices }, uniqueItems: true, maxItems: choices.length },
    pythonType: `list[${literal(choices)}]`,
    page: { choices: [...choices], help: help ?? null },
    read(payload) {
      if (!Array.isArray(payload) || payload.length > choices.length) {
        throw new UserError(`${label}: it must be a list of at most ${choices.length} choices, got ${show(payload)}.`);
      }
      const picked = new Set(payload.map((one) => chosen(label, choices, one)));
      return choices.filter((one) => picked.has(one));
    },
  };
}

function chosen<C extends string>(label: string, choices: readonly C[], payload: unknown): C {
  if (choices.includes(payload as C)) return payload as C;
  const near = typeof payload === 'string' ? nearestName(payload.slice(0, 100), choices) : undefined;
  throw new UserError(`${label}: it must be one of ${showList(choices, 20)}, got ${show(payload)}.${near ? ` Did you mean ${near}?` : ''}`);
}

function checkChoices(label: string, choices: readonly string[], values: readonly string[]): void {
  if (!Array.isArray(choices) || choices.length === 0 || new Set(choices).size < choices.length || !choices.every((one) => typeof one === 'string')) {
    throw new OptionError(`${label}: choices must be a list of different texts, got ${show(choices)}.`);
  }
  for (const value of values) {
    if (!choices.includes(value)) throw new OptionError(`${label}: value must be among the choices, got ${show(value)}.`);
  }
}

const literal = (choices: readonly string[]): string => `Literal[${choices.map((one) => `'${one.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`).join(', ')}]`;
