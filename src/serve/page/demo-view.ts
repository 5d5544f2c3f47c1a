import { AnswerView } from './answer-view.ts';
import { startCall, type Call } from './calls.ts';
import type { Payload, TabConfig } from './config.ts';
import { element } from './element.ts';
import { examplesView } from './examples-view.ts';
import { inputView } from './input-view.ts';

/** One demo: its inputs, what comes of them, and examples. */
export function demoView(config: TabConfig, mostBytes: number): HTMLElement {
  const inputs = config.inputs.map((input) => inputView(input, mostBytes));
  const answer = new AnswerView(config);
  const run = element('button', { type: 'submit', class: 'primary', title: 'Ctrl + Enter' }, 'Run');
  const cancel = element('button', { type: 'button', hidden: true, onclick: () => call?.cancel() }, 'Cancel');
  const clear = element('button', { type: 'button', class: 'plain', onclick: () => reset() }, 'Clear');
  let call: Call | null = null;

  const busy = (isBusy: boolean): void => {
    const hadFocus = document.activeElement === run || document.activeElement === cancel;
    run.hidden = isBusy;
    cancel.hidden = !isBusy;
    answer.isBusy = isBusy;
    if (hadFocus) (isBusy ? cancel : run).focus();
  };
  const reset = (): void => {
    for (const [i, input] of inputs.entries()) input.set(config.inputs[i].initial);
    answer.clear();
    inputs[0]?.focus();
  };
  const submit = async (): Promise<void> => {
    if (call !== null) return;
    answer.expect();
    const data: Payload[] = [];
    for (const input of inputs) {
      try {
        data.push(await input.read());
      } catch (error) {
        answer.refuse((error as Error).message);
        input.focus();
        return;
      }
    }
    busy(true);
    call = startCall(config.id, data, (state) => {
      answer.show(state, data);
      if (state.at === 'done' || state.at === 'failed') {
        call = null;
        busy(false);
        answer.reveal();
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
    element('div', { class: inputs.length > 12 ? 'columns wide' : 'columns' }, element('section', { 'aria-label': 'Input' }, form), answer.root),
    examples,
  );
}
