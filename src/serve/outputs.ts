/** The outputs of a demo: `outputs.label()`. */
export { label, type LabelOutputOptions, type LabelValue } from './outputs/label.ts';
export { text } from './outputs/text.ts';
export { number } from './outputs/number.ts';
export { json } from './outputs/json.ts';
export { table, type TableOutputOptions } from './outputs/table.ts';
export { image } from './outputs/image.ts';
export { chart } from './outputs/chart.ts';
export { file, type OutputFile } from './outputs/file.ts';
export { contributions, type Contribution, type Contributions } from './outputs/contributions.ts';
