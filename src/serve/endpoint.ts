import type { CallContext } from './call-context.ts';
import type { CallFiles, InputComponent, OutputComponent, Payload } from './component.ts';
import { UserError } from './user-error.ts';

/** An endpoint as the server knows it, made of an Interface. */
export interface EndpointOptions {
  /** Number by which Gradio's clients call it, from 1. */
  id: number;
  apiName: string;
  title: string;
  description: string;
  inputs: readonly InputComponent<any>[];
  /** Names of the parameters, one per input. */
  names: readonly string[];
  outputs: readonly OutputComponent<any>[];
  /** Values of one call to its results; a generator for results that come bit by bit. */
  call: ((values: readonly unknown[], context: CallContext) => unknown) | null;
  /** Values of several calls to the results of each. */
  callBatch: ((rows: readonly (readonly unknown[])[]) => Promise<readonly unknown[]>) | null;
  /** Calls that run at the same time. */
  concurrency: number;
  /** Most calls that one `callBatch` answers. */
  maxBatchSize: number;
  examples: readonly (readonly Payload[])[];
  flagging: readonly string[];
  /** Whether results come bit by bit. */
  isGenerator: boolean;
}

/** Reads payloads, calls the function, writes payloads. */
export class Endpoint {
  readonly options: EndpointOptions;

  constructor(options: EndpointOptions) {
    this.options = options;
  }

  get isBatched(): boolean {
    return this.options.callBatch !== null;
  }

  /** The values of a call's payloads. What stands at the end and has an initial value may be left out. @throws UserError */
  read(data: readonly unknown[], files: CallFiles): unknown[] {
    const { inputs } = this.options;
    if (data.length > inputs.length) throw new UserError(`There are ${inputs.length} inputs, got ${data.length} values.`);
    return inputs.map((input, j) => {
      let payload = data[j];
      if ((payload === undefined || payload === null) && input.initial !== undefined) payload = input.initial;
      if (payload === undefined) throw new UserError(`${input.label}: it must be given, got no value.`);
      return input.read(payload, files);
    });
  }

  /** A call's result as payloads. One output's result stands by itself, those of several are a list. */
  async write(result: unknown, files: CallFiles): Promise<Payload[]> {
    const { outputs, apiName } = this.options;
    const values = outputs.length === 1 ? [result] : result;
    if (!Array.isArray(values) || values.length !== outputs.length) throw new TypeError(`${apiName}: the function must return a list of ${outputs.length} results, one for each output.`);
    return Promise.all(outputs.map((output, j) => output.write(values[j], files)));
  }
}
