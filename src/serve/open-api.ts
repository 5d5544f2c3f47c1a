import type { App } from './app.ts';
import { PREFIX } from './gradio-config.ts';

/** The plain HTTP interface as an OpenAPI 3.1 document: calls in one request, calls whose events are read later, files. */
export function openApi({ title, description, tabs }: App, hasLogin: boolean): object {
  const paths: Record<string, object> = {};
  for (const { endpoint: { options } } of tabs) {
    const { apiName, inputs, names, outputs } = options;
    const values = {
      type: 'array',
      prefixItems: inputs.map((input, j) => ({ title: input.label, description: names[j], ...input.schema })),
      maxItems: inputs.length,
    };
    const body = {
      required: true,
      content: {
        'application/json': {
          schema: { type: 'object', required: ['data'], properties: { data: values } },
          example: { data: inputs.map((input) => input.initial ?? input.example) },
        },
      },
    };
    const results = { type: 'array', prefixItems: outputs.map((output) => ({ title: output.label, ...output.schema })) };
    paths[`${PREFIX}/run/${apiName}`] = {
      post: {
        operationId: `run_${apiName}`,
        summary: options.title,
        description: options.description,
        requestBody: body,
        responses: {
          200: { description: 'The results.', content: json({ type: 'object', properties: { data: results, duration: { type: 'number' } } }) },
          500: { description: 'The call failed; the reason is meant for you.', content: json({ type: 'object', properties: { error: { type: ['string', 'null'] } } }) },
          503: { description: 'The queue is full.' },
        },
      },
    };
    paths[`${PREFIX}/call/${apiName}`] = {
      post: {
        operationId: `call_${apiName}`,
        summary: `${options.title}: start a call`,
        requestBody: body,
        responses: { 200: { description: 'The id under which its events are read.', content: json({ type: 'object', properties: { event_id: { type: 'string' } } }) }, 503: { description: 'The queue is full.' } },
      },
    };
    paths[`${PREFIX}/call/${apiName}/{event_id}`] = {
      get: {
        operationId: `result_of_${apiName}`,
        summary: `${options.title}: events of a call`,
        parameters: [{ name: 'event_id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'Events generating, complete or error, each with JSON data.', content: { 'text/event-stream': { schema: { type: 'string' } } } }, 404: { description: 'There is no such call.' } },
      },
    };
  }
  paths[`${PREFIX}/upload`] = {
    post: {
      operationId: 'upload',
      summary: 'Upload files to use as inputs',
      requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object', properties: { files: { type: 'array', items: { type: 'string', contentMediaType: 'application/octet-stream' } } } } } } },
      responses: { 200: { description: 'One path for each file, to be sent as { "path": … }.', content: json({ type: 'array', items: { type: 'string' } }) }, 413: { description: 'Too large.' } },
    },
  };
  paths[`${PREFIX}/file={path}`] = {
    get: {
      operationId: 'file',
      summary: 'Download a file that a result names',
      parameters: [{ name: 'path', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: { description: 'Its bytes.', content: { 'application/octet-stream': {} } }, 404: { description: 'There is no such file.' } },
    },
  };
  return {
    openapi: '3.1.0',
    info: { title, description, version: '1' },
    ...(hasLogin && { components: { securitySchemes: { login: { type: 'apiKey', in: 'cookie', name: 'the cookie that POST /login sets' } } }, security: [{ login: [] }] }),
    paths,
  };
}

const json = (schema: object): object => ({ 'application/json': { schema } });
