import { Client, handle_file } from '@gradio/client';

/** What the tests use of the official client, whose own types need another module resolution than ours. */
export interface GradioClient {
  predict(endpoint: string | number, data: unknown[] | Record<string, unknown>): Promise<{ data: unknown[] }>;
  submit(endpoint: string, data: unknown[]): AsyncIterable<GradioMessage> & { cancel(): Promise<void> };
  view_api(): Promise<{ named_endpoints: Record<string, { parameters: { parameter_name: string; parameter_has_default: boolean; label: string }[]; returns: unknown[] }> }>;
  close(): void;
}

export interface GradioMessage {
  type: 'data' | 'status' | 'log';
  data: unknown[];
  stage?: string;
  progress_data?: unknown[];
  log?: string;
  level?: string;
}

export const connect = (url: string, options: { events?: string[]; auth?: [string, string] } = {}): Promise<GradioClient> => Client.connect(url, options) as Promise<GradioClient>;

export const fileAt = handle_file as (address: string) => unknown;
