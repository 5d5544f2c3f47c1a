import { show } from '../../core/show.ts';
import { themes, withColors } from '../../report/theme.ts';
import type { OutputComponent, OutputOptions } from '../component.ts';

/** A chart as SVG text. It travels as a picture in a data URL, in which no script can run. */
export function chart({ label = 'Chart' }: OutputOptions = {}): OutputComponent<string> {
  return {
    type: 'plot',
    label,
    schema: { type: 'object', required: ['type', 'plot'], properties: { type: { type: 'string' }, plot: { type: 'string' } } },
    pythonType: 'dict(type: str, plot: str)',
    page: {},
    write(value) {
      if (typeof value !== 'string' || !/^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(value)) throw new TypeError(`${label}: the function must return a chart as SVG text, got ${show(value)}.`);
      const svg = withColors(value, themes.light);
      // Gradio's name for a chart that is a picture.
      return { type: 'matplotlib', plot: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}` };
    },
  };
}
