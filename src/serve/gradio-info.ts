import type { App } from './app.ts';
import type { Component } from './component.ts';

/** What `/gradio_api/info` answers: every endpoint's parameters and results, as Gradio's clients read them. */
export function gradioInfo({ tabs }: App): object {
  return {
    named_endpoints: Object.fromEntries(
      tabs.map(({ endpoint: { options } }) => [
        `/${options.apiName}`,
        {
          parameters: options.inputs.map((input, j) => ({
            ...described(input),
            parameter_name: options.names[j],
            parameter_has_default: input.initial !== undefined,
            parameter_default: input.initial ?? null,
            example_input: input.example,
          })),
          returns: options.outputs.map(described),
          description: options.description,
          api_visibility: 'public',
          show_api: true,
        },
      ]),
    ),
    unnamed_endpoints: {},
  };
}

function described({ label, schema, pythonType, type }: Component): object {
  return { label, type: schema, python_type: { type: pythonType, description: '' }, component: type[0].toUpperCase() + type.slice(1) };
}
