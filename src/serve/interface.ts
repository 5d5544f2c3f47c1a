import { OptionError } from '../core/errors.ts';
import { choice as oneOf, completeOptions, custom, integer, type Rules } from '../core/rules.ts';
import type { App } from './app.ts';
import type { CallContext } from './call-context.ts';
import type { InputComponent, OutputComponent, Payload } from './component.ts';
import { Endpoint } from './endpoint.ts';
import { launch, type LaunchOptions, type RunningDemo } from './launch.ts';
import { parameterNames } from './parameter-names.ts';
import type { UserError } from './user-error.ts';

/** One component, or several in order. */
export type Inputs = InputComponent<any> | readonly InputComponent<any>[];
export type Outputs = OutputComponent<any> | readonly OutputComponent<any>[];

/** The values that inputs read: a function's parameters. */
export type Values<I extends Inputs> = I extends readonly InputComponent<any>[]
  ? { -readonly [K in keyof I]: I[K] extends InputComponent<infer Value> ? Value : never }
  : I extends InputComponent<infer Value>
    ? [Value]
    : never;

/** What a function returns: one output's value by itself, those of several as a list. */
export type Results<O extends Outputs> = O extends readonly OutputComponent<any>[]
  ? { readonly [K in keyof O]: O[K] extends OutputComponent<infer Value> ? Value : never }
  : O extends OutputComponent<infer Value>
    ? Value
    : never;

/** Results, or a list that nothing is: with it in sight the compiler takes a list literal for a tuple. */
type Returned<O extends Outputs> = Results<O> | readonly [never];

type Parameters<I extends Inputs> = [...Extract<Values<I>, readonly unknown[]>, CallContext];

export interface InterfaceOptions<I extends Inputs, O extends Outputs> {
  /**
   * The function to show: the inputs' values, then a CallContext. It returns the outputs' values, or a promise of
   * them, or yields them bit by bit as an async generator. Either this or `batchFn`.
   */
  fn?: (...values: Parameters<I>) => Returned<O> | Promise<Returned<O>> | AsyncGenerator<Returned<O>, unknown, unknown>;
  /**
   * The same for several calls at once: a list of input values for each call in, a list of results out (a UserError
   * in place of a result fails that call alone). Calls that wait at the same time are answered together.
   */
  batchFn?: (rows: Values<I>[]) => readonly (Returned<O> | UserError)[] | Promise<readonly (Returned<O> | UserError)[]>;
  inputs: I;
  outputs: O;
  /** Heading of the page, and its tab. Default 'Demo'. */
  title?: string;
  /** A paragraph under the heading; plain text. */
  description?: string;
  /** Inputs to click, as payloads: one list for each example, or a bare value where there is one input. */
  examples?: readonly (Payload | readonly Payload[])[];
  /** Name of the endpoint in the API. Default 'predict'. */
  apiName?: string;
  /** What a result can be flagged as; an empty list turns flagging off. Default 'wrong' and 'other'. */
  flagging?: readonly string[];
  /** Calls that run at the same time; the others wait. Default 8, for `batchFn` 1. */
  concurrency?: number | null;
  /** Most calls that `batchFn` answers at once. Default 64. */
  maxBatchSize?: number;
  /** Whether `fn` yields its results bit by bit; only the API's description uses it. Default: whether it is an async generator function. */
  generator?: boolean | null;
}

const isFunction = (v: unknown): boolean => v === undefined || v === null || typeof v === 'function';
const texts = (v: unknown): boolean => Array.isArray(v) && v.every((one) => typeof one === 'string' && one.length <= 100) && new Set(v).size === v.length;
const isComponent = (v: unknown, method: string): boolean => typeof v === 'object' && v !== null && typeof (v as Record<string, unknown>)[method] === 'function';
const components = (method: string) => (v: unknown): boolean => isComponent(v, method) || (Array.isArray(v) && v.length > 0 && v.every((one) => isComponent(one, method)));

const rules: Rules<InterfaceOptions<any, any>> = {
  fn: custom(null, 'a function', isFunction, 7),
  batchFn: custom(null, 'a function', isFunction, 7),
  inputs: custom(null, 'an input, or a list of inputs, such as inputs.text()', components('read'), 7),
  outputs: custom(null, 'an output, or a list of outputs, such as outputs.label()', components('write'), 7),
  title: custom('Demo', 'a text', (v) => typeof v === 'string' && v !== '', 7),
  description: custom('', 'a text', (v) => typeof v === 'string', 7),
  examples: custom([], 'a list of examples', Array.isArray, 7),
  apiName: custom('predict', 'letters, digits, _ and -', (v) => typeof v === 'string' && /^[A-Za-z][\w-]{0,63}$/.test(v), '/predict'),
  flagging: custom(['wrong', 'other'], 'a list of different texts', texts, 7),
  concurrency: custom(null, 'a whole number from 1, or null', (v) => v === null || (Number.isInteger(v) && (v as number) >= 1), 0),
  maxBatchSize: integer(64, { min: 1 }),
  generator: oneOf(null, [true, false, null]),
};

/**
 * A function as a web page and an API that Gradio's clients can talk to.
 *
 * Counterpart: Gradio's Interface. It differs in these: components are made by `inputs.…` and `outputs.…`; errors for
 * users are `UserError`s, all others stay on the server; nothing is ever shared through a tunnel; the number of calls
 * that run at the same time is 8, not 1.
 *
 * @example
 * const demo = new Interface({ inputs: inputs.text(), outputs: outputs.label(), fn: (text) => ({ long: Number(text.length > 9), short: Number(text.length <= 9) }) });
 * const { url } = await demo.launch();
 */
export class Interface<const I extends Inputs, const O extends Outputs> {
  readonly options: Readonly<Required<InterfaceOptions<I, O>>>;

  /** @throws OptionError */
  constructor(options: InterfaceOptions<I, O>) {
    const complete = completeOptions<InterfaceOptions<I, O>>('Interface', options, rules as Rules<InterfaceOptions<I, O>>);
    if (complete.inputs === null || complete.outputs === null) throw new OptionError('Interface: inputs and outputs must be given.');
    if ((complete.fn === null) === (complete.batchFn === null)) throw new OptionError('Interface: either fn or batchFn must be given, and not both.');
    const count = listed<InputComponent<any>>(complete.inputs).length;
    for (const [i, example] of complete.examples.entries()) {
      const width = Array.isArray(example) ? example.length : 1;
      if (width !== count && count !== 1) throw new OptionError(`Interface: every example must have ${count} values, example ${i + 1} has ${width}.`);
    }
    parameterNames(listed(complete.inputs));
    this.options = complete;
  }

  /** The endpoint that the server calls. @param id its number */
  endpoint(id: number): Endpoint {
    const { options } = this;
    const inputs = listed<InputComponent<any>>(options.inputs);
    const fn = options.fn as ((...values: unknown[]) => unknown) | null;
    const batchFn = options.batchFn as ((rows: unknown) => Promise<readonly unknown[]>) | null;
    return new Endpoint({
      id,
      apiName: options.apiName,
      title: options.title,
      description: options.description,
      inputs,
      names: parameterNames(inputs),
      outputs: listed(options.outputs),
      call: fn && ((values, context) => fn(...values, context)),
      callBatch: batchFn && (async (rows) => batchFn(rows)),
      concurrency: options.concurrency ?? (fn ? 8 : 1),
      maxBatchSize: options.maxBatchSize,
      examples: options.examples.map((example) => (Array.isArray(example) && (inputs.length > 1 || example.length === 1) ? example : [example]) as Payload[]),
      flagging: options.flagging,
      isGenerator: options.generator ?? fn?.constructor.name === 'AsyncGeneratorFunction',
    });
  }

  app(): App {
    return { title: this.options.title, description: '', tabs: [{ title: this.options.title, endpoint: this.endpoint(0) }] };
  }

  /** Starts a server. @throws OptionError, RefitError when the port is taken */
  launch(options: LaunchOptions = {}): Promise<RunningDemo> {
    return launch(this.app(), options);
  }
}

function listed<C>(components_: unknown): readonly C[] {
  return (Array.isArray(components_) ? components_ : [components_]) as readonly C[];
}
