import type { CallState } from './calls.ts';
import type { Payload, TabConfig } from './config.ts';
import { element } from './element.ts';
import { FlagView } from './flag-view.ts';
import { outputView } from './output-view.ts';
import { StatusView } from './status-view.ts';

/** What comes of a call: how it is going, its results, and a flag for them. */
export class AnswerView {
  readonly root: HTMLElement;
  readonly #config: TabConfig;
  readonly #status = new StatusView();
  readonly #flag: FlagView;
  /** One for each output. */
  readonly #slots: readonly HTMLElement[];
  readonly #results: HTMLElement;
  readonly #empty = element('p', { class: 'quiet empty' }, 'The result will stand here.');

  constructor(config: TabConfig) {
    this.#config = config;
    this.#flag = new FlagView(config);
    this.#slots = config.outputs.map(() => element('div', { class: 'slot' }));
    const blocks = config.outputs.map((output, j) => element('section', { class: `output ${output.view ?? output.type}` }, element('h3', {}, output.label), this.#slots[j]));
    this.#results = element('div', { class: 'results', hidden: true }, ...blocks);
    this.root = element('section', { class: 'panel answer', 'aria-label': 'Result' }, element('h2', { class: 'hidden' }, 'Result'), this.#status.root, this.#empty, this.#results, this.#flag.root);
  }

  /** As before the first call. */
  clear(): void {
    this.#status.clear();
    this.#hide();
  }

  /** Before a call: earlier results stay until it has others. */
  expect(): void {
    this.#status.clear();
    this.#flag.offer(null);
  }

  /** An input that cannot be sent. */
  refuse(message: string): void {
    this.#status.fail('Check the input', message);
  }

  /** @param data what the call was given */
  show(state: CallState, data: Payload[]): void {
    this.#status.show(state);
    if (state.at === 'partial' || state.at === 'done') this.#fill(state.data);
    if (state.at === 'done') this.#flag.offer(this.#config.flagging.length > 0 ? { data, results: state.data } : null);
    if (state.at === 'failed') this.#hide();
  }

  /** Whether results are about to be replaced. */
  set isBusy(isBusy: boolean) {
    this.#results.classList.toggle('stale', isBusy);
    this.#results.setAttribute('aria-busy', String(isBusy));
  }

  /** On a narrow screen the answer lies below the form, perhaps out of sight. */
  reveal(): void {
    const { top, bottom } = this.root.getBoundingClientRect();
    if (top > innerHeight - 120 || bottom < 120) this.root.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }

  #fill(data: readonly Payload[]): void {
    for (const [j, slot] of this.#slots.entries()) slot.replaceChildren(outputView(this.#config.outputs[j], data[j] ?? null));
    this.#results.hidden = false;
    this.#empty.hidden = true;
  }

  #hide(): void {
    this.#results.hidden = true;
    this.#empty.hidden = false;
    this.#flag.offer(null);
  }
}
