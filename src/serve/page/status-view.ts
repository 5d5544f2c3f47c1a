import type { CallState } from './calls.ts';
import { element } from './element.ts';
import { number } from './output-view.ts';

/** One line that says how the call is going, a bar where the function tells how far it is, its notes, its error. */
export class StatusView {
  readonly root = element('div', { class: 'status' });
  readonly #line = element('p', { class: 'line', role: 'status' });
  readonly #bar = element('progress', { hidden: true, 'aria-label': 'Progress' });
  readonly #notes = element('ul', { class: 'notes', hidden: true, 'aria-live': 'polite' });
  readonly #problem = element('div', { class: 'problem', role: 'alert' });

  constructor() {
    this.root.append(this.#line, this.#bar, this.#notes, this.#problem);
  }

  clear(): void {
    this.#line.textContent = '';
    this.#bar.hidden = true;
    this.#notes.hidden = true;
    this.#notes.replaceChildren();
    this.#problem.replaceChildren();
  }

  fail(title: string, message: string): void {
    this.#line.textContent = '';
    this.#bar.hidden = true;
    this.#problem.replaceChildren(element('strong', {}, title), element('p', {}, message));
  }

  show(state: CallState): void {
    switch (state.at) {
      case 'waiting':
        this.#line.textContent = state.rank === 0 ? 'Next in line…' : `Place ${state.rank + 1} of ${state.waiting} in line${state.seconds === null ? '' : `, about ${duration(state.seconds)}`}`;
        break;
      case 'running':
        this.#line.textContent = 'Running…';
        break;
      case 'progress':
        this.#line.textContent = `${state.text || 'Running'}: ${number(state.done)}${state.total === null ? '' : ` of ${number(state.total)}`} ${state.unit}`;
        this.#bar.hidden = false;
        if (state.total === null) this.#bar.removeAttribute('value');
        else {
          this.#bar.max = state.total;
          this.#bar.value = state.done;
        }
        break;
      case 'note':
        this.#notes.hidden = false;
        this.#notes.append(element('li', { class: state.level }, state.text));
        break;
      case 'done':
        this.#bar.hidden = true;
        this.#line.textContent = `Done in ${duration(state.seconds)}`;
        break;
      case 'failed':
        if (state.title === 'Cancelled') {
          this.#bar.hidden = true;
          this.#line.textContent = 'Cancelled';
        } else this.fail(state.title, state.message);
        break;
      case 'partial':
        break;
    }
  }
}

const duration = (seconds: number): string => (seconds < 0.0095 ? `${(1000 * seconds).toFixed(1)} ms` : seconds < 1 ? `${Math.round(1000 * seconds)} ms` : seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds / 60)} min`);
