/** Ends a request with a status and a text that the caller may read. */
export class HttpError extends Error {
  readonly status: number;
  /** Sent instead of `{ "detail": message }`. */
  readonly body: object | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, { body, headers = {} }: { body?: object; headers?: Readonly<Record<string, string>> } = {}) {
    super(message);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}
