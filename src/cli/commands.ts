import type { Command, CommandOption } from './command.ts';

const out: CommandOption = { kind: 'text', value: 'folder', summary: 'where runs are kept', default: 'outputs' };
const json: CommandOption = { kind: 'flag', summary: 'print one JSON document instead of tables' };

/** Every command of `refit`. */
export const commands: readonly Command[] = [
  {
    name: 'run',
    summary: 'Cross-validate pipelines, refit the best on all rows, write the submission and the report.',
    positional: ['competition'],
    options: {
      pipeline: { kind: 'list', value: 'name', summary: 'run this pipeline; may be given several times', default: "the competition's list" },
      seed: { kind: 'whole', value: 'n', summary: 'seed of folds and stages', default: "the competition's cv.randomState" },
      search: { kind: 'flag', summary: 'try the search space of every pipeline that exports one; its best candidate competes' },
      workers: { kind: 'whole', value: 'n', summary: 'worker threads; the results do not depend on it', default: 'one per core', min: 1 },
      resume: { kind: 'flag', summary: 'go on with the newest interrupted run, with its seed and pipelines' },
      out,
      json: { kind: 'flag', summary: 'print one JSON document, and each event as a line of JSON on standard error' },
      quiet: { kind: 'flag', summary: 'print nothing but errors' },
    },
    examples: ['refit run spam-detector', 'refit run spam-detector --resume', 'refit run spam-detector --pipeline count-logistic --seed 7', 'refit run spam-detector --search --workers 2'],
    load: () => import('./commands/run.ts'),
  },
  {
    name: 'compare',
    summary: 'Put the pipelines of all runs on the same folds side by side: differences with honest intervals, and a page.',
    positional: ['competition'],
    options: {
      run: { kind: 'list', value: 'run', summary: 'compare this run; may be given several times', default: 'all runs on the same data, folds and metric as the newest' },
      html: { kind: 'text', value: 'file', summary: 'where the page is written', default: '<out>/<competition>/comparison.html' },
      out,
      json,
    },
    examples: ['refit compare spam-detector', 'refit compare spam-detector --run 2026-11-23_07-10-51 --run 2026-11-24_09-00-00'],
    load: () => import('./commands/compare.ts'),
  },
  {
    name: 'runs',
    summary: 'List the runs there are, interrupted ones too.',
    positional: ['[competition]'],
    options: { out, json },
    examples: ['refit runs', 'refit runs spam-detector'],
    load: () => import('./commands/runs.ts'),
  },
  {
    name: 'show',
    summary: 'Show what a run found and how it was made.',
    positional: ['run'],
    options: { out, json },
    examples: ['refit show spam-detector', 'refit show spam-detector/2026-11-23_07-10-51', 'refit show 2026-11-23_07-10-51 --json'],
    load: () => import('./commands/show.ts'),
  },
  {
    name: 'diff',
    summary: 'Show what changed between two runs: options, score, and which rows changed sides.',
    positional: ['before', 'after'],
    options: {
      pipeline: { kind: 'list', value: 'name', summary: 'pipeline to look at; given twice, the second is of the second run', default: 'the one that was refitted' },
      out,
      json,
    },
    examples: ['refit diff 2026-11-23_07-10-51 2026-11-24_09-00-00', 'refit diff 2026-11-23_07-10-51 2026-11-23_07-10-51 --pipeline count-bayes --pipeline count-logistic'],
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'score',
    summary: "Score a submission against the competition's solution file, the local leaderboard.",
    positional: ['competition'],
    options: {
      submission: { kind: 'text', value: 'file', summary: 'file to score', default: "the newest run's submission.csv" },
      out,
      json,
    },
    examples: ['refit score spam-detector', 'refit score spam-detector --submission my.csv'],
    load: () => import('./commands/score.ts'),
  },
  {
    name: 'predict',
    summary: "Predict new rows with a run's saved model: the id and the prediction of each row of a CSV file.",
    positional: ['competition'],
    options: {
      input: { kind: 'text', value: 'file', summary: 'CSV of new rows: the id column and the features', default: "the competition's test file" },
      output: { kind: 'text', value: 'file', summary: 'CSV to write', default: 'predictions.csv' },
      run: { kind: 'text', value: 'id', summary: "name of the run's folder", default: 'the newest run that has a model' },
      proba: { kind: 'flag', summary: 'write the probability of every class too' },
      out,
      json,
    },
    examples: ['refit predict spam-detector --input new.csv --output out.csv', 'refit predict penguins --run 2026-11-23_10-00-00 --input new.csv --proba'],
    load: () => import('./commands/predict.ts'),
  },
  {
    name: 'export',
    summary: "Write a run's model as an ONNX graph, for onnxruntime in Python, Node and the browser.",
    positional: ['competition'],
    options: {
      output: { kind: 'text', value: 'file', summary: 'file to write', default: '<competition>.onnx' },
      run: { kind: 'text', value: 'id', summary: "name of the run's folder", default: 'the newest run that has a model' },
      out,
      json,
    },
    examples: ['refit export spam-detector --output spam.onnx'],
    load: () => import('./commands/export.ts'),
  },
  {
    name: 'list',
    summary: 'List the competitions there are.',
    positional: [],
    options: {},
    examples: ['refit list'],
    load: () => import('./commands/list.ts'),
  },
];
