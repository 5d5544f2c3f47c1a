import { OptionError } from '../core/errors.ts';
import { show } from '../core/show.ts';
import type { InputComponent } from './component.ts';

/** Words that Gradio's clients take for arguments of their own. */
const taken = new Set(['api_name', 'fn_index', 'result_callbacks', 'headers', 'self']);

/**
 * Names of an endpoint's parameters: an input's own name, else its label in snake case, made different where two are alike.
 * @throws OptionError for a name that no client could pass by name, or given twice
 */
export function parameterNames(inputs: readonly InputComponent<any>[]): string[] {
  const used = new Set<string>();
  for (const { name } of inputs) {
    if (name === null) continue;
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name) || taken.has(name)) throw new OptionError(`Interface: an input's name must be letters, digits and _, and none of ${[...taken].join(', ')}, got ${show(name)}.`);
    if (used.has(name)) throw new OptionError(`Interface: inputs must have different names, two are called ${name}.`);
    used.add(name);
  }
  return inputs.map(({ name, label }, i) => {
    if (name !== null) return name;
    const words = label.normalize('NFKD').replace(/[^\w\s-]/g, '').trim().toLowerCase().replace(/[\s-]+/g, '_').slice(0, 60);
    const base = /^[a-z_]/.test(words) && !taken.has(words) ? words : `param_${i}`;
    let free = base;
    for (let k = 2; used.has(free); k++) free = `${base}_${k}`;
    used.add(free);
    return free;
  });
}
