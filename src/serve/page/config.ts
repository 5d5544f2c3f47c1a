/** What JSON can hold. */
export type Payload = null | boolean | number | string | Payload[] | { [name: string]: Payload };

/** An input as the server describes it to this page. */
export interface InputConfig {
  type: string;
  label: string;
  name: string;
  initial: Payload;
  example: Payload;
  help?: string | null;
  lines?: number;
  placeholder?: string;
  maxLength?: number;
  min?: number | null;
  max?: number | null;
  step?: number | null;
  whole?: boolean;
  optional?: boolean;
  choices?: string[];
  accept?: string[];
  columns?: string[] | null;
}

export interface OutputConfig {
  type: string;
  label: string;
  view?: string;
}

/** A tab: one endpoint. */
export interface TabConfig {
  title: string;
  apiName: string;
  id: number;
  description: string;
  isGenerator: boolean;
  examples: Payload[][];
  flagging: string[];
  inputs: InputConfig[];
  outputs: OutputConfig[];
}

export interface Config {
  title: string;
  max_file_size: number;
  refit: { description: string; canLogOut: boolean; tabs: TabConfig[] };
}
