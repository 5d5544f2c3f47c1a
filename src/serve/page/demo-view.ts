import { startCall, type Call } from './calls.ts';
import type { Payload, TabConfig } from './config.ts';
import { element } from './element.ts';
import { examplesView } from './examples-view.ts';
import { FlagView } from './flag-view.ts';
import { inputView } from './input-view.ts';
import { outputView } from './output-view.ts';
import { StatusView } from './status-view.ts';

/** One demo: its inputs, what comes of them, and examples. */
export function demoView(config: TabConfig, mostBytes: number): HTMLElement {
  const inputs = config.inputs.map((input) => inputView(input, mostBytes));
  const status = new StatusView();
  const flag = new FlagView(config);
  const slots = config.outputs.map(() => element('div', { class: 'slot' }));
  const blocks = config.outputs.map((output, j) => element('section', { class: `output ${output.view ?? output.type}` }, element('h3', {}, output.label), slots[j]));
  const results = element('div', { class: 'results', hidden: true }, ...blocks);
  const empty = element('p', { class: 'quiet empty' }, 'The result will stand here.');
  const answer = element('section', { class: 'panel answer', 'aria-label': 'Result' }, element('h2', { class: 'hidden' }, 'Result'), status.root, empty, results, flag.root);
  const run = element('button', { type: 'submit', class: 'primary', title: 'Ctrl + Enter' }, 'Run');
  const cancel = element('button', { type: 'button', hidden: true, onclick: () => call?.cancel() }, 'Cancel');
  const clear = element('button', { type: 'button', class: 'plain', onclick: () => reset() }, 'Clear');
  let call: Call | null = null;

  const show = (data: Payload[]): void => {
    for (const [j, slot] of slots.entries()) slot.replaceChildren(outputView(config.outputs[j], data[j] ?? null));
    results.hidden = false;
    empty.hidden = true;
  };
  const hide = (): void => {
    results.hidden = true;
    empty.hidden = false;
    flag.offer(null);
  };
  const busy = (isBusy: boolean): void => {
    const hadFocus = document.activeElement === run || document.activeElement === cancel;
    run.hidden = isBusy;
    cancel.hidden = !isBusy;
    results.classList.toggle('stale', isBusy);
    results.setAttribute('aria-busy', String(isBusy));
    if (hadFocus) (isBusy ? cancel : run).focus();
  };
  /** On a narrow screen the answer lies below the form, perhaps out of sight. */
  const reveal = (): void => {
    const { top, bottom } = answer.getBoundingClientRect();
    if (top > innerHeight - 120 || bottom < 120) answer.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  };
  const reset = (): void => {
    for (const [i, input] of inputs.entries()) input.set(config.inputs[i].initial);
    status.clear();
    hide();
    inputs[0]?.focus();
  };

  const submit = async (): Promise<void> => {
    if (call !== null) return;
    status.clear();
    flag.offer(null);
    const data: Payload[] = [];
    for (const input of inputs) {
      try {
        data.push(await input.read());
      } catch (error) {
        status.fail('Check the input', (error as Error).message);
        input.focus();
        return;
      }
    }
    busy(true);
    call = startCall(config.id, data, (state) => {
      status.show(state);
      if (state.at === 'partial' || state.at === 'done') show(state.data);
      if (state.at === 'done') flag.offer(config.flagging.length > 0 ? { data, results: state.data } : null);
      if (state.at === 'failed') hide();
      if (state.at === 'done' || state.at === 'failed') {
        call = null;
        busy(false);
        reveal();
      }
    });
    await call?.ended;
  };

  const form = element(
    'form',
    {
      class: 'panel inputs',
      novalidate: true,
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        void submit();
      },
      onkeydown: (event: KeyboardEvent) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void submit();
        }
      },
    },
    element('div', { class: inputs.length > 5 ? 'fields many' : 'fields' }, ...inputs.map(({ root }) => root)),
    element('div', { class: 'actions' }, run, cancel, clear),
  );
  const examples = examplesView(config, (example) => {
    for (const [i, input] of inputs.entries()) input.set(example[i] ?? null);
    void submit();
  });
  return element(
    'div',
    { class: 'demo' },
    config.description === '' ? null : element('p', { class: 'about' }, config.description),
    element('div', { class: inputs.length > 12 ? 'columns wide' : 'columns' }, element('section', { 'aria-label': 'Input' }, form), answer),
    examples,
  );
}
