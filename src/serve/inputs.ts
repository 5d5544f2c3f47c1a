/** The inputs of a demo: `inputs.text({ label: 'Message' })`. */
export { text, type TextInputOptions } from './inputs/text.ts';
export { number, optionalNumber, slider, type NumberInputOptions, type SliderOptions } from './inputs/number.ts';
export { checkbox, type CheckboxOptions } from './inputs/checkbox.ts';
export { choice, optionalChoice, multipleChoice, type ChoiceOptions, type MultipleChoiceOptions } from './inputs/choice.ts';
export { table, type TableInputOptions } from './inputs/table.ts';
export { file, type FileInputOptions } from './inputs/file.ts';
export { image, UploadedImage } from './inputs/image.ts';
