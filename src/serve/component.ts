import type { UploadedFile } from './uploaded-file.ts';

/** A value as it travels: what JSON can hold. */
export type Payload = null | boolean | number | string | Payload[] | { [name: string]: Payload };

/** A part of a JSON Schema. */
export type Schema = { readonly [name: string]: unknown };

/** A file that callers can fetch, as Gradio's clients know it. */
export interface FilePayload {
  path: string;
  url: string;
  orig_name: string;
  size: number;
  mime_type: string;
  is_stream: false;
  meta: { _type: 'gradio.FileData' };
  [name: string]: Payload;
}

/** What components may do with files during a call. */
export interface CallFiles {
  /**
   * The upload that a payload names.
   * @throws UserError for anything that this server did not issue to this user, addresses of other hosts among them
   */
  uploaded(owner: string, payload: unknown): UploadedFile;
  /** Keeps bytes for download under a name. @throws UserError when the server's room for files is used up */
  offer(name: string, bytes: Uint8Array): Promise<FilePayload>;
}

/** What inputs and outputs share: how they are named and described. */
export interface Component {
  /** The type that Gradio's clients know it by, in lower case. */
  readonly type: string;
  readonly label: string;
  /** JSON Schema of its payload. */
  readonly schema: Schema;
  /** Python's type of its payload, for the Python client's view_api. */
  readonly pythonType: string;
  /** What only the page needs. */
  readonly page: Readonly<Record<string, Payload>>;
}

/** An input: reads a payload as the value that the demo's function takes. */
export interface InputComponent<Value> extends Component {
  /** Name of its parameter in the API; null to make one of the label. */
  readonly name: string | null;
  /** What a caller who leaves it out sends; undefined where it must be given. */
  readonly initial: Payload | undefined;
  /** A payload to show in examples of the API; null where only an upload makes one. */
  readonly example: Payload;
  /** @throws UserError for a payload that it does not take */
  read(payload: unknown, files: CallFiles): Value;
}

/** An output: writes what the demo's function returned as a payload. */
export interface OutputComponent<Value> extends Component {
  /** @throws Error for a value that it cannot show; a fault of the demo, not of its caller */
  write(value: Value, files: CallFiles): Payload | Promise<Payload>;
}

/** What every input can be told. */
export interface InputOptions {
  /** Shown beside the input. */
  label?: string;
  /** Name of the parameter in the API. Default: made of the label. */
  name?: string;
  /** A line of help under the label. */
  help?: string;
}

/** What every output can be told. */
export interface OutputOptions {
  /** Shown above the output. */
  label?: string;
}
