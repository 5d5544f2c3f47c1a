import { ModelError } from '../core/errors.ts';
import { show, showList } from '../core/show.ts';
import { FeatureUnion } from '../pipeline/feature-union.ts';
import { Pipeline } from '../pipeline/pipeline.ts';
import { isOptionsClass, isPartsClass, type OptionsClass, type PartsClass, type StepsClass } from './parts.ts';

/** Modules of one's own by the path that stands for them in the file: with `import * as tokens from './tokens.ts'`, `{ './tokens.ts': tokens }`. */
export type Modules = Readonly<Record<string, object>>;

/** The name of this library in a file. */
export const LIBRARY = 'refit';

/** Functions of this library that a saved model may hold: they compute and do nothing else. */
const FUNCTIONS: readonly string[] = ['chi2', 'fClassif', 'fRegression', 'rRegression', 'mutualInfoClassif', 'mutualInfoRegression'];

/** Where a class or a function is found: a named export of a module. */
export interface Address {
  module: string;
  export: string;
}

/** The classes and functions that a model may hold, found by name in the library and in the modules that a caller allows. */
export class KnownNames {
  readonly #modules: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  #addresses: Map<unknown, Address> | undefined;

  constructor(library: Readonly<Record<string, unknown>>, modules: Modules) {
    this.#modules = new Map([...Object.entries(modules), [LIBRARY, library]] as [string, Readonly<Record<string, unknown>>][]);
  }

  /** Where a class or function is found; undefined where no module exports it by name. */
  addressOf(value: unknown): Address | undefined {
    if (this.#addresses === undefined) {
      this.#addresses = new Map();
      for (const [module, exports] of this.#modules) {
        for (const [name, value] of exportsOf(exports)) if (typeof value === 'function') this.#addresses.set(value, { module, export: name });
      }
    }
    const address = this.#addresses.get(value);
    return address?.module === LIBRARY && !isAllowed(address.export, value) ? undefined : address;
  }

  optionsClass(address: Address): OptionsClass {
    const value = this.#exported(address);
    if (isOptionsClass(value)) return value;
    throw unfit(address, 'an estimator');
  }

  stepsClass(address: Address): StepsClass {
    const value = this.#exported(address);
    if (isStepsClass(value)) return value;
    throw unfit(address, 'a Pipeline or a FeatureUnion');
  }

  partsClass(address: Address): PartsClass {
    const value = this.#exported(address);
    if (isPartsClass(value)) return value;
    throw unfit(address, 'a class with toParts and fromParts');
  }

  functionAt(address: Address): (...values: any[]) => unknown {
    const value = this.#exported(address);
    if (typeof value === 'function' && (address.module !== LIBRARY || isAllowed(address.export, value))) return value as (...values: any[]) => unknown;
    throw unfit(address, 'a function that a model may hold');
  }

  #exported({ module, export: name }: Address): unknown {
    const exports = this.#modules.get(module);
    if (exports === undefined) throw new ModelError(`loadModel: the model needs ${name} of ${show(module)}, which was not given. ${howToGive(module)}`);
    const found = exportsOf(exports).find(([own]) => own === name);
    if (found === undefined) {
      const owner = module === LIBRARY ? 'this Refit' : show(module);
      const remedy = module === LIBRARY ? 'Update refit, or give the module that has it' : `It exports ${showList(Object.keys(exports).filter((one) => one !== 'default'))}`;
      throw new ModelError(`loadModel: the model needs ${name}, which ${owner} does not export. ${remedy}.`);
    }
    return found[1];
  }
}

/** Named exports, and those of the library's own group of nets: Adam is nn.Adam. */
function exportsOf(exports: Readonly<Record<string, unknown>>): [name: string, value: unknown][] {
  return Object.entries(exports).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'default') return [];
    return name === 'nn' && typeof value === 'object' && value !== null ? Object.entries(value).map(([inner, one]) => [`nn.${inner}`, one]) : [[name, value]];
  });
}

/** What to write so that a module is known. */
export const howToGive = (module: string): string => `Give { modules: { ${show(module)}: await import(${show(module)}) } }.`;

const isStepsClass = (value: unknown): value is StepsClass =>
  [Pipeline, FeatureUnion].some((Class) => value === Class || (typeof value === 'function' && value.prototype instanceof Class));

const isAllowed = (name: string, value: unknown): boolean =>
  isOptionsClass(value) || isPartsClass(value) || isStepsClass(value) || FUNCTIONS.includes(name) || typeof (value as { metricName?: unknown }).metricName === 'string';

const unfit = ({ module, export: name }: Address, wanted: string): ModelError =>
  new ModelError(`loadModel: ${name} of ${show(module)} must be ${wanted}. The file is damaged or was made to do harm.`);
