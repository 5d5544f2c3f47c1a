import { sendFlag } from './calls.ts';
import type { Payload, TabConfig } from './config.ts';
import { element, freshId } from './element.ts';

/** A button under a result, and behind it what the result is flagged as, a note, and a button to send both. */
export class FlagView {
  readonly root: HTMLElement;
  readonly #open: HTMLButtonElement;
  readonly #form: HTMLFormElement;
  readonly #said = element('p', { class: 'quiet', role: 'status' });
  #result: { data: Payload[]; results: Payload[] } | null = null;

  constructor({ apiName, flagging }: TabConfig) {
    const id = freshId('flag');
    const kind = element('select', { id: `${id}-kind` }, ...flagging.map((one) => element('option', { value: one }, one[0].toUpperCase() + one.slice(1))));
    const note = element('textarea', { id: `${id}-note`, rows: 2, maxlength: 2000 });
    this.#open = element('button', { type: 'button', class: 'plain', 'aria-expanded': 'false', 'aria-controls': id, onclick: () => this.#toggle(this.#form.hidden !== false) }, 'Flag this result…');
    this.#form = element(
      'form',
      {
        id,
        hidden: true,
        class: 'flag',
        onsubmit: async (event: SubmitEvent) => {
          event.preventDefault();
          if (this.#result === null) return;
          try {
            await sendFlag({ api_name: apiName, ...this.#result, flag: kind.value, note: note.value });
            note.value = '';
            this.#toggle(false);
            this.#said.textContent = 'Thank you: it was written down.';
          } catch (error) {
            this.#said.textContent = (error as Error).message;
          }
        },
      },
      element('div', { class: 'field' }, element('label', { for: `${id}-kind` }, 'What is it?'), kind),
      element('div', { class: 'field' }, element('label', { for: `${id}-note` }, 'Note'), note),
      element('button', { type: 'submit' }, 'Send flag'),
    );
    this.root = element('div', { class: 'flagging', hidden: true }, this.#open, this.#form, this.#said);
  }

  /** Offers to flag a result; null takes the offer back. */
  offer(result: { data: Payload[]; results: Payload[] } | null): void {
    this.#result = result;
    this.#said.textContent = '';
    this.#toggle(false);
    this.root.hidden = result === null;
  }

  #toggle(open: boolean): void {
    this.#form.hidden = !open;
    this.#open.setAttribute('aria-expanded', String(open));
    if (open) this.#form.querySelector('select')?.focus();
  }
}
