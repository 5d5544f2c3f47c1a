import { OptionError } from '../core/errors.ts';
import type { App } from './app.ts';
import type { Interface } from './interface.ts';
import { launch, type LaunchOptions, type RunningDemo } from './launch.ts';

export interface TabbedInterfaceOptions {
  /** Heading of the page. */
  title: string;
  /** A paragraph under the heading; plain text. */
  description?: string;
  /** Demos by the title of their tab; each needs an `apiName` of its own. */
  tabs: Readonly<Record<string, Interface<any, any>>>;
}

/**
 * Several demos on one page and one server.
 *
 * Counterpart: Gradio's TabbedInterface.
 *
 * @example
 * await new TabbedInterface({ title: 'Spam?', tabs: { 'One message': single, 'A file': batch } }).launch();
 */
export class TabbedInterface {
  readonly options: Readonly<Required<TabbedInterfaceOptions>>;

  /** @throws OptionError for no tabs, or two of the same apiName */
  constructor({ title, description = '', tabs }: TabbedInterfaceOptions) {
    const names = Object.values(tabs).map((tab) => tab.options.apiName);
    if (names.length === 0) throw new OptionError('TabbedInterface: tabs must hold one demo at least, got none.');
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new OptionError(`TabbedInterface: every demo must have its own apiName, two are called ${twice}.`);
    this.options = Object.freeze({ title, description, tabs });
  }

  app(): App {
    const { title, description, tabs } = this.options;
    return { title, description, tabs: Object.entries(tabs).map(([tab, demo], id) => ({ title: tab, endpoint: demo.endpoint(id) })) };
  }

  /** Starts a server. @throws OptionError, RefitError when the port is taken */
  launch(options: LaunchOptions = {}): Promise<RunningDemo> {
    return launch(this.app(), options);
  }
}
