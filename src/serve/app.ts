import type { Endpoint } from './endpoint.ts';

/** A demo as the server shows it: one tab for each endpoint. */
export interface App {
  title: string;
  description: string;
  tabs: readonly { title: string; endpoint: Endpoint }[];
}
