import { DataError, ShapeError } from '../../core/errors.ts';
import { showList } from '../../core/show.ts';
import { sameShape, type Shape, showShape } from '../shape.ts';
import { Parameter, StateBuffer, type Tensor, Variable } from '../tensor.ts';
import { inLayer } from '../trace.ts';

/** Values of parameters and running statistics by name, as PyTorch names them: '0.weight', 'norm.running_mean'. */
export type StateDict = Record<string, { readonly shape: Shape; readonly data: Float32Array }>;

/**
 * A part of a net: parameters, other modules, and `forward`, which says how the output comes from the inputs.
 *
 * Parameters, running statistics, modules and arrays of modules are found by themselves in a module's properties.
 * Their names are those of the properties, in snake_case, so that PyTorch's weight files fit: `this.runningMean` is
 * 'running_mean', `this.layers[0].weight` is 'layers.0.weight'. A module that is reached twice is one module: its
 * weights are shared, and listed under the first name.
 *
 * `forward` runs once, when a net is compiled, on tensors that have shapes but no numbers. Branches and loops of
 * TypeScript over shapes and options are fine; values cannot be looked at.
 *
 * Counterpart: torch.nn.Module.
 *
 * @example
 * class Net extends nn.Module {
 *   hidden = new nn.Linear(784, 256);
 *   out = new nn.Linear(256, 10);
 *   override forward(x: nn.Tensor) {
 *     return this.out.forward(nn.relu(this.hidden.forward(x)));
 *   }
 * }
 */
export abstract class Module {
  /** Whether forward behaves as in training: dropout active, batch statistics used. Set by train() and eval(). */
  training = true;

  constructor() {
    // Every call passes through here, so that errors name the layer and summary() sees each output.
    const forward = this.forward;
    Object.defineProperty(this, 'forward', {
      value: (...inputs: Tensor[]): Tensor => inLayer(this, inputs, () => forward.apply(this, inputs)),
      enumerable: false,
      writable: true,
      configurable: true,
    });
  }

  abstract forward(...inputs: Tensor[]): Tensor;

  /** Modules inside this one and itself, parents first, each once; its own name is ''. Counterpart: named_modules. */
  namedModules(): [name: string, module: Module][] {
    const found = new Map<Module, string>();
    const visit = (module: Module, name: string): void => {
      if (found.has(module)) return;
      found.set(module, name);
      for (const [key, value] of Object.entries(module)) {
        const inner = (part: string): string => (name === '' ? part : `${name}.${part}`);
        if (value instanceof Module) visit(value, inner(stateName(key)));
        else if (Array.isArray(value)) value.forEach((one, i) => one instanceof Module && visit(one, inner(module.listsItself(key) ? `${i}` : `${stateName(key)}.${i}`)));
      }
    };
    visit(this, '');
    return Array.from(found, ([module, name]) => [name, module]);
  }

  /** Modules inside this one and itself. */
  modules(): Module[] {
    return this.namedModules().map(([, module]) => module);
  }

  /** Trainable tensors by name, each once. Counterpart: named_parameters. */
  namedParameters(): [name: string, parameter: Parameter][] {
    return this.#variables().filter((entry): entry is [string, Parameter] => entry[1] instanceof Parameter);
  }

  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  /** Running statistics by name. Counterpart: named_buffers. */
  namedBuffers(): [name: string, buffer: StateBuffer][] {
    return this.#variables().filter((entry): entry is [string, StateBuffer] => entry[1] instanceof StateBuffer);
  }

  /** Copies of all parameters and running statistics. */
  stateDict(): StateDict {
    return Object.fromEntries(this.#variables().map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
  }

  /**
   * Takes over values by name; nothing changes if one does not fit. PyTorch's `num_batches_tracked` is passed over.
   * @throws DataError for missing and unknown names, ShapeError for the first shape that differs.
   */
  loadStateDict(state: Readonly<StateDict>): this {
    const variables = this.#variables();
    const known = new Set(variables.map(([name]) => name));
    const given = Object.keys(state).filter((name) => !/(^|\.)num_batches_tracked$/.test(name));
    for (const [name, { shape }] of variables) {
      if (!Object.hasOwn(state, name)) {
        throw new DataError(`${this.constructor.name}: the state dict must have ${name} ${showShape(shape)}, it has ${showList(given)}. Load it into a net of the architecture it was saved from.`);
      }
      const { shape: found, data } = state[name];
      if (!sameShape(shape, found) || data.length !== found.reduce((a, b) => a * b, 1)) {
        throw new ShapeError(`${this.constructor.name}: ${name} must have shape ${showShape(shape)}, the state dict has ${showShape(found)}. Load it into a net of the architecture it was saved from.`);
      }
    }
    const unknown = given.filter((name) => !known.has(name));
    if (unknown.length > 0) {
      throw new DataError(`${this.constructor.name}: the state dict has ${unknown[0]}, which this net lacks. Load it into a net of the architecture it was saved from.`);
    }
    for (const [name, variable] of variables) variable.data.set(state[name].data);
    return this;
  }

  /** Calls a function on every module inside this one and on itself, inner ones first. Counterpart: apply. */
  apply(change: (module: Module) => void): this {
    for (const module of this.modules().reverse()) change(module);
    return this;
  }

  /** Draws this module's own parameters anew; layers with parameters override it. Counterpart: reset_parameters. */
  resetParameters(): void {}

  train(on = true): this {
    for (const module of this.modules()) module.training = on;
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  /** True for the property whose array entries are named by their place alone, as a Sequential's are. */
  protected listsItself(_key: string): boolean {
    return false;
  }

  #variables(): [name: string, variable: Variable][] {
    const found = new Map<Variable, string>();
    for (const [prefix, module] of this.namedModules()) {
      const add = (part: string, variable: Variable): void => {
        if (!found.has(variable)) found.set(variable, prefix === '' ? part : `${prefix}.${part}`);
      };
      for (const [key, value] of Object.entries(module)) {
        if (value instanceof Variable) add(stateName(key), value);
        else if (Array.isArray(value)) value.forEach((one, i) => one instanceof Variable && add(`${stateName(key)}.${i}`, one));
      }
    }
    return Array.from(found, ([variable, name]) => [name, variable]);
  }
}

/** `runningMean` as `running_mean`; names without a hump stay as they are. */
const stateName = (property: string): string => property.replace(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before}_${after.toLowerCase()}`);
