import { uploadFile } from './calls.ts';
import type { InputConfig, Payload } from './config.ts';
import { element, freshId } from './element.ts';

/** An input on the page. */
export interface InputView {
  root: HTMLElement;
  /** What stands in it, ready to be sent. @throws Error with what is missing */
  read(): Promise<Payload>;
  set(value: Payload): void;
  focus(): void;
}

/** The control that suits an input. */
export function inputView(config: InputConfig, mostBytes: number): InputView {
  switch (config.type) {
    case 'number':
      return numberView(config);
    case 'slider':
      return sliderView(config);
    case 'checkbox':
      return checkboxView(config);
    case 'radio':
      return radioView(config);
    case 'dropdown':
      return selectView(config);
    case 'checkboxgroup':
      return checkboxesView(config);
    case 'dataframe':
      return tableView(config);
    case 'file':
    case 'image':
      return fileView(config, mostBytes);
    default:
      return textView(config);
  }
}

/** Label, help and control, tied together for screen readers. */
function field(config: InputConfig, id: string, ...controls: (Node | null)[]): { root: HTMLElement; helpId: string | null } {
  const helpId = config.help ? `${id}-help` : null;
  return {
    root: element('div', { class: `field ${config.type}` }, element('label', { for: id }, config.label), ...controls, config.help ? element('p', { class: 'help', id: helpId }, config.help) : null),
    helpId,
  };
}

/** Several controls under one legend. */
function group(config: InputConfig, ...controls: Node[]): HTMLElement {
  return element('fieldset', { class: `field ${config.type}` }, element('legend', {}, config.label), element('div', { class: 'options' }, ...controls), config.help ? element('p', { class: 'help' }, config.help) : null);
}

function textView(config: InputConfig): InputView {
  const id = freshId('input');
  const shared = { id, placeholder: config.placeholder || null, maxlength: config.maxLength, 'aria-describedby': config.help ? `${id}-help` : null };
  const control = (config.lines ?? 1) > 1 ? element('textarea', { ...shared, rows: config.lines }) : element('input', { ...shared, type: 'text', autocomplete: 'off' });
  control.value = String(config.initial ?? '');
  return {
    root: field(config, id, control).root,
    read: async () => control.value,
    set: (value) => (control.value = String(value ?? '')),
    focus: () => control.focus(),
  };
}

function numberControl(config: InputConfig, id: string): HTMLInputElement {
  return element('input', {
    id,
    type: 'number',
    inputmode: config.whole ? 'numeric' : 'decimal',
    min: config.min,
    max: config.max,
    step: config.whole ? 1 : 'any',
    placeholder: config.optional ? 'unknown' : null,
    'aria-describedby': config.help ? `${id}-help` : null,
  });
}

function readNumber(control: HTMLInputElement, config: InputConfig): number | null {
  if (control.value === '' && !control.validity.badInput) {
    if (config.optional) return null;
    throw new Error(`${config.label}: a number must be given.`);
  }
  if (!control.validity.valid) throw new Error(`${config.label}: ${control.validationMessage}`);
  return control.valueAsNumber;
}

function numberView(config: InputConfig): InputView {
  const id = freshId('input');
  const control = numberControl(config, id);
  const set = (value: Payload): void => void (control.value = value === null ? '' : String(value));
  set(config.initial);
  return { root: field(config, id, control).root, read: async () => readNumber(control, config), set, focus: () => control.focus() };
}

/** A slider and a box with the same number: the one for a quick try, the other for the exact value. */
function sliderView(config: InputConfig): InputView {
  const id = freshId('input');
  const box = numberControl(config, id);
  const range = element('input', { type: 'range', min: config.min, max: config.max, step: config.step ?? 'any', 'aria-label': config.label });
  const set = (value: Payload): void => {
    box.value = value === null ? '' : String(value);
    range.value = String(value ?? config.min ?? 0);
  };
  range.addEventListener('input', () => (box.value = range.step === 'any' ? String(Number(Number(range.value).toPrecision(4))) : range.value));
  box.addEventListener('input', () => (range.value = box.value));
  set(config.initial);
  return { root: field(config, id, element('div', { class: 'slide' }, range, box)).root, read: async () => readNumber(box, config), set, focus: () => range.focus() };
}

function checkboxView(config: InputConfig): InputView {
  const id = freshId('input');
  const control = element('input', { id, type: 'checkbox' });
  control.checked = config.initial === true;
  const root = element('div', { class: 'field checkbox' }, element('label', { class: 'option', for: id }, control, element('span', {}, config.label)), config.help ? element('p', { class: 'help' }, config.help) : null);
  return { root, read: async () => control.checked, set: (value) => (control.checked = value === true), focus: () => control.focus() };
}

function radioView(config: InputConfig): InputView {
  const name = freshId('radio');
  const choices = config.choices ?? [];
  const controls = choices.map((value) => element('input', { type: 'radio', name, value }));
  const set = (value: Payload): void => controls.forEach((control) => (control.checked = control.value === value));
  set(config.initial ?? choices[0]);
  return {
    root: group(config, ...controls.map((control, i) => element('label', { class: 'option' }, control, element('span', {}, choices[i])))),
    read: async () => controls.find((control) => control.checked)?.value ?? null,
    set,
    focus: () => controls[0].focus(),
  };
}

function selectView(config: InputConfig): InputView {
  const id = freshId('input');
  const choices = config.choices ?? [];
  const control = element(
    'select',
    { id, 'aria-describedby': config.help ? `${id}-help` : null },
    config.optional ? element('option', { value: '' }, 'unknown') : null,
    ...choices.map((value, i) => element('option', { value: String(i) }, value)),
  );
  const set = (value: Payload): void => void (control.value = choices.includes(value as string) ? String(choices.indexOf(value as string)) : config.optional ? '' : '0');
  set(config.initial);
  return { root: field(config, id, control).root, read: async () => (control.value === '' ? null : choices[Number(control.value)]), set, focus: () => control.focus() };
}

function checkboxesView(config: InputConfig): InputView {
  const choices = config.choices ?? [];
  const controls = choices.map((value) => element('input', { type: 'checkbox', value }));
  const set = (value: Payload): void => controls.forEach((control, i) => (control.checked = Array.isArray(value) && value.includes(choices[i])));
  set(config.initial);
  return {
    root: group(config, ...controls.map((control, i) => element('label', { class: 'option' }, control, element('span', {}, choices[i])))),
    read: async () => choices.filter((_, i) => controls[i].checked),
    set,
    focus: () => controls[0].focus(),
  };
}

/** A table to type or to paste: the first line holds the names, values stand between commas or tabs. */
function tableView(config: InputConfig): InputView {
  const id = freshId('input');
  const control = element('textarea', { id, rows: 5, class: 'code', spellcheck: 'false', 'aria-describedby': `${id}-help` });
  const set = (value: Payload): void => {
    const { headers = [], data = [] } = (value ?? {}) as { headers?: string[]; data?: Payload[][] };
    control.value = headers.length === 0 ? '' : [headers, ...data].map((row) => row.map((cell) => String(cell ?? '')).join(', ')).join('\n');
  };
  set(config.initial ?? (config.columns ? { headers: config.columns, data: [] } : null));
  return {
    root: field({ ...config, help: config.help ?? 'Names in the first line; values between commas or tabs.' }, id, control).root,
    async read() {
      const lines = control.value.split('\n').filter((line) => line.trim() !== '');
      if (lines.length === 0) throw new Error(`${config.label}: a table must be given, names in its first line.`);
      const [headers, ...rows] = lines.map((line) => line.split(line.includes('\t') ? '\t' : ',').map((cell) => cell.trim()));
      return { headers, data: rows.map((row) => row.map(parsed)), metadata: null };
    },
    set,
    focus: () => control.focus(),
  };
}

function parsed(cell: string): Payload {
  if (cell === '') return null;
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return Number.isFinite(Number(cell)) ? Number(cell) : cell;
}

/** A file to choose or to drop. */
function fileView(config: InputConfig, mostBytes: number): InputView {
  const id = freshId('input');
  const control = element('input', { id, type: 'file', accept: (config.accept ?? []).join(',') || null, 'aria-describedby': `${id}-help` });
  const preview = element('img', { class: 'preview', alt: '', hidden: true });
  let given: Payload = null;
  const show = (): void => {
    given = null;
    const file = control.files?.[0];
    if (preview.src) URL.revokeObjectURL(preview.src);
    preview.hidden = config.type !== 'image' || file === undefined;
    if (!preview.hidden) preview.src = URL.createObjectURL(file as File);
  };
  control.addEventListener('change', show);
  const { root } = field({ ...config, help: config.help ?? `At most ${Math.floor(mostBytes / 2 ** 20)} MiB.` }, id, control, preview);
  root.addEventListener('dragover', (event) => {
    event.preventDefault();
    root.classList.add('over');
  });
  root.addEventListener('dragleave', () => root.classList.remove('over'));
  root.addEventListener('drop', (event) => {
    event.preventDefault();
    root.classList.remove('over');
    if (event.dataTransfer?.files.length) {
      control.files = event.dataTransfer.files;
      show();
    }
  });
  return {
    root,
    async read() {
      const file = control.files?.[0];
      if (file === undefined) {
        if (given !== null) return given;
        throw new Error(`${config.label}: choose a file.`);
      }
      if (file.size > mostBytes) throw new Error(`${config.label}: the file must have at most ${Math.floor(mostBytes / 2 ** 20)} MiB.`);
      return uploadFile(file);
    },
    set(value) {
      control.value = '';
      show();
      given = value;
    },
    focus: () => control.focus(),
  };
}
