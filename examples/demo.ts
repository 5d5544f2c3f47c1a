/**
 * A function as a web page and an API, in a few lines: `node --import ./dist/register.js examples/demo.ts`.
 * The page shows the form; Gradio's clients and curl call the same function.
 */
import { Interface, UserError, inputs, outputs } from 'refit';

const demo = new Interface({
  title: 'How long are these words?',
  description: 'Counts the letters of each word, and says which length is the most frequent.',
  inputs: [inputs.text({ label: 'Text', lines: 4 }), inputs.slider({ label: 'Shortest word', min: 1, max: 10, whole: true })],
  outputs: [outputs.label({ label: 'Most frequent length' }), outputs.table({ label: 'Words' })],
  examples: [['It was the best of times, it was the worst of times', 1], ['to be or not to be', 2]],
  fn: (text, shortest) => {
    const words = (text.match(/\p{L}+/gu) ?? []).filter((word) => word.length >= shortest);
    if (words.length === 0) throw new UserError(`There is no word of ${shortest} letters or more.`);
    const counts: Record<string, number> = {};
    for (const { length } of words) counts[`${length} letters`] = (counts[`${length} letters`] ?? 0) + 1 / words.length;
    return [counts, { word: words, letters: words.map(({ length }) => length) }];
  },
});

const { url } = await demo.launch();
console.log(`${url} (Ctrl-C stops it)`);
