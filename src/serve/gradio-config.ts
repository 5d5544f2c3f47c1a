import type { App } from './app.ts';
import type { Limits } from './limits.ts';

/** The Gradio version whose protocol is spoken; Python's client looks at it. */
const GRADIO_VERSION = '6.25.0';
export const PREFIX = '/gradio_api';

/**
 * What `/config` answers: all that Gradio's clients need, and under `refit` what the page needs.
 *
 * There is no `root`: clients then use the address that they were given, whatever proxies stand between.
 */
export function gradioConfig({ title, description, tabs }: App, appId: string, limits: Readonly<Required<Limits>>, canLogOut: boolean): object {
  const components: object[] = [];
  const idOf = (component: { type: string; label: string }): number => components.push({ id: components.length + 1, type: component.type, props: { label: component.label } });
  return {
    version: GRADIO_VERSION,
    protocol: 'sse_v3',
    api_prefix: PREFIX,
    app_id: appId,
    title,
    enable_queue: true,
    analytics_enabled: false,
    connect_heartbeat: false,
    run_history: false,
    show_error: true,
    max_file_size: limits.uploadBytes,
    dependencies: tabs.map(({ endpoint: { options } }) => ({
      id: options.id,
      api_name: options.apiName,
      inputs: options.inputs.map(idOf),
      outputs: options.outputs.map(idOf),
      queue: true,
      types: { generator: options.isGenerator, cancel: false },
      api_visibility: 'public',
      show_api: true,
      targets: [],
    })),
    components,
    refit: {
      description,
      canLogOut,
      tabs: tabs.map(({ title: tab, endpoint: { options } }) => ({
        title: tab,
        apiName: options.apiName,
        id: options.id,
        description: options.description,
        isGenerator: options.isGenerator,
        examples: options.examples,
        flagging: options.flagging,
        inputs: options.inputs.map((input, j) => ({ type: input.type, label: input.label, name: options.names[j], initial: input.initial ?? null, example: input.example, ...input.page })),
        outputs: options.outputs.map((output) => ({ type: output.type, label: output.label, ...output.page })),
      })),
    },
  };
}
