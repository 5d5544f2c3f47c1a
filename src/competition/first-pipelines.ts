import type { ColumnRoles } from './infer-columns.ts';
import type { InferredCompetition } from './infer-competition.ts';

/** Rows up to which a Gaussian-kernel machine is fitted within seconds. */
const FEW_ROWS = 3000;
/** How texts become numbers, where blanks stand between words and where none do. */
const WORDS = `new TfidfVectorizer({ tokenPattern: /\\w+/gu, ngramRange: [1, 2], minDf: 2, sublinearTf: true })`;
const LETTERS = `new TfidfVectorizer({ analyzer: 'char', ngramRange: [1, 3], minDf: 2, sublinearTf: true })`;
/** Rows from which on a tenth of them can tell when boosting should stop. */
const ENOUGH_ROWS = 1000;
/** Where a pipeline's file finds how columns are prepared. */
const FEATURES = '../features.ts';

/**
 * The source of first pipelines for a competition, by file name within its folder; the most promising first, what any model must beat last.
 * A table's columns are prepared in one module that the pipelines share.
 */
export function firstPipelines(inferred: InferredCompetition, rows: number): { files: Record<string, string>; pipelines: string[] } {
  const { columns } = inferred;
  const isText = columns.texts.length === 1 && Object.values(columns).flat().length === 1;
  const made = isText ? textPipelines(inferred) : tablePipelines(inferred, rows);
  const floor = inferred.task === 'regression' ? regressionFloor : classificationFloor;
  const all: Record<string, string> = { ...made, ...floor };
  const files = Object.fromEntries(Object.entries(all).map(([name, source]) => [`pipelines/${name}.ts`, source]));
  if (!isText) files['features.ts'] = featuresSource(inferred);
  return { files, pipelines: Object.keys(all) };
}

const classificationFloor = {
  'most-frequent': `import { DummyClassifier, Pipeline } from 'refit';

/** The most frequent class for every row, and every class as likely as it is frequent: what any model must beat. */
export default () => new Pipeline([['classify', new DummyClassifier({ strategy: 'prior' })]]);
`,
};

const regressionFloor = {
  mean: `import { DummyRegressor, Pipeline } from 'refit';

/** The mean of the target for every row: what any model must beat. */
export default () => new Pipeline([['predict', new DummyRegressor({ strategy: 'mean' })]]);
`,
};

function textPipelines({ task, unspaced }: InferredCompetition): Record<string, string> {
  const isUnspaced = unspaced.length > 0;
  const vectorizer = isUnspaced ? LETTERS : WORDS;
  const [terms, counts] = isUnspaced ? ['Letters, their pairs and triples', 'Letter and pair'] : ['Words and word pairs', 'Word'];
  if (task === 'regression') {
    return {
      'tfidf-ridge': `import { Pipeline, Ridge, TfidfVectorizer } from 'refit';

/** ${terms}, weighted by how rare they are, into a ridge regression. */
export default () =>
  new Pipeline([
    ['tfidf', ${vectorizer}],
    ['predict', new Ridge({ alpha: 1 })],
  ]);

/** What \`refit run --search\` tries. */
export const searchSpace = { predict: { alpha: [0.1, 1, 10] } };
`,
    };
  }
  return {
    'tfidf-logistic': `import { LogisticRegression, Pipeline, TfidfVectorizer } from 'refit';

/** ${terms}, weighted by how rare they are, into a logistic regression. */
export default () =>
  new Pipeline([
    ['tfidf', ${vectorizer}],
    ['classify', new LogisticRegression({ C: 10, maxIter: 1000 })],
  ]);

/** What \`refit run --search\` tries. */
export const searchSpace = { classify: { C: [1, 10, 100] } };
`,
    'count-bayes': `import { CountVectorizer, MultinomialNB, Pipeline } from 'refit';

/** ${counts} counts into naive Bayes: nothing to tune, fitted in one pass. */
export default () =>
  new Pipeline([
    ['count', new CountVectorizer(${isUnspaced ? `{ analyzer: 'char', ngramRange: [1, 2] }` : `{ tokenPattern: /\\w+/gu }`})],
    ['classify', new MultinomialNB({ alpha: 1 })],
  ]);
`,
  };
}

function tablePipelines({ task, columns, values, logTarget }: InferredCompetition, rows: number): Record<string, string> {
  if (task === 'regression') {
    return {
      lasso: regression('LassoCV', 'new LassoCV({ cv: 5, maxIter: 20_000 })', 'a lasso, which leaves most columns out; its penalty is chosen within the training rows', logTarget),
      ridge: regression('Ridge', 'new Ridge({ alpha: 30 })', 'a ridge regression', logTarget, 'alpha: [3, 10, 30, 100]'),
      ...(canBoost(columns) && { boosting: boosting('HistGradientBoostingRegressor', 'predict', logTarget, rows) }),
    };
  }
  const logistic = {
    logistic: classification('LogisticRegression', `new LogisticRegression({ C: ${columns.texts.length > 0 ? 3 : 1}, maxIter: 2000 })`, 'a logistic regression', 'C: [0.1, 0.3, 1, 3, 10]'),
  };
  const trees: Record<string, string> = canBoost(columns) ? { boosting: boosting('HistGradientBoostingClassifier', 'classify', false, rows) } : {};
  // The others tell labels only.
  if (values === 'probabilities') return { ...logistic, ...trees };
  if (columns.texts.length > 0) return { ...logistic, 'linear-svc': classification('LinearSVC', 'new LinearSVC({ C: 0.1 })', 'a linear support vector machine', 'C: [0.03, 0.1, 0.3, 1]') };
  if (rows > FEW_ROWS) return { ...trees, ...logistic };
  return { svc: classification('SVC', 'new SVC({ C: 1 })', 'a support vector machine that knows how columns go together', 'C: [0.3, 1, 3]'), ...logistic };
}

function classification(estimator: string, source: string, words: string, search: string): string {
  return `import { ${estimator < 'Pipeline' ? `${estimator}, Pipeline` : `Pipeline, ${estimator}`} } from 'refit';
import { features } from '${FEATURES}';

/** All columns, each as features.ts prepares it, into ${words}. */
export default () =>
  new Pipeline([
    ['columns', features()],
    ['classify', ${source}],
  ]);

/** What \`refit run --search\` tries. */
export const searchSpace = { classify: { ${search} } };
`;
}

function regression(estimator: string, source: string, words: string, logTarget: boolean, search?: string): string {
  const names = [estimator, 'Pipeline', ...(logTarget ? ['TransformedTarget'] : [])].sort();
  const last = logTarget ? `new TransformedTarget({ regressor: ${source}, func: 'log1p' })` : source;
  const space = search === undefined ? '' : `
/** What \`refit run --search\` tries. */
export const searchSpace = { predict: { ${logTarget ? `regressor: { ${search} }` : search} } };
`;
  return `import { ${names.join(', ')} } from 'refit';
import { features } from '${FEATURES}';

/** ${logTarget ? 'The logarithm of the target' : 'The target'} from all columns, each as features.ts prepares it, by ${words}. */
export default () =>
  new Pipeline([
    ['columns', features()],
    ['predict', ${last}],
  ]);
${space}`;
}

/** Where there is more than words to count. */
const canBoost = ({ numbers, words, dates, texts }: ColumnRoles): boolean => texts.length === 0 && numbers.length + words.length + dates.length > 0;

/** Trees take gaps as they are, and need no scale. */
function boosting(estimator: string, step: string, logTarget: boolean, rows: number): string {
  const stops = rows >= ENOUGH_ROWS;
  // Many small steps learn single rows of a rare class by heart: a share of the rows tells when to stop.
  const options = stops
    ? `learningRate: 0.05, maxIter: 1000, ${step === 'classify' ? 'maxLeafNodes: 16, ' : ''}earlyStopping: true, nIterNoChange: 20, randomState: seed`
    : 'learningRate: 0.05, maxIter: 300, minSamplesLeaf: 20';
  const model = `new ${estimator}({ ${options} })`;
  const names = [estimator, 'Pipeline', ...(logTarget ? ['TransformedTarget'] : []), ...(stops ? ['type PipelineContext'] : [])];
  return `import { ${names.join(', ')} } from 'refit';
import { plainFeatures } from '${FEATURES}';

/** ${logTarget ? 'The logarithm of the target by gradient boosting' : 'Gradient boosting'} of small trees, on columns that are hardly prepared${stops ? '; it stops when rows that are kept apart gain no more' : ''}. */
export default (${stops ? '{ seed }: PipelineContext' : ''}) =>
  new Pipeline([
    ['columns', plainFeatures()],
    ['${step}', ${logTarget ? `new TransformedTarget({ regressor: ${model}, func: 'log1p' })` : model}],
  ]);
`;
}

/** A module that prepares the columns of a table, each kind in its way. */
function featuresSource({ columns, task, unspaced, manyValued }: InferredCompetition): string {
  const dense = task === 'regression';
  const parts: { name: string; source: string; columns: string; uses: string[] }[] = [];
  const list = (names: readonly string[]): string => `[${names.map(quote).join(', ')}]`;
  if (columns.numbers.length > 0) {
    const steps = dense
      ? [`['fill', new SimpleImputer({ strategy: 'median' })]`, `['unskew', new PowerTransformer()]`, `['clip', new OutlierClipper({ method: 'sigma', factor: 3 })]`]
      : [`['fill', new SimpleImputer({ strategy: 'median', addIndicator: true })]`, `['scale', new StandardScaler()]`];
    parts.push({ name: 'numbers', source: pipeline(steps), columns: list(columns.numbers), uses: ['SimpleImputer', 'Pipeline', ...(dense ? ['PowerTransformer', 'OutlierClipper'] : ['StandardScaler'])] });
  }
  if (columns.words.length > 0) {
    const encoder = `new OneHotEncoder({ minFrequency: ${dense ? 5 : 2}, handleUnknown: 'infrequentIfExist'${dense ? ', sparseOutput: false' : ''} })`;
    const steps = [`['fill', new SimpleImputer({ strategy: 'constant', fillValue: 'none' })]`, `['encode', ${encoder}]`];
    parts.push({ name: 'words', source: pipeline(steps), columns: list(columns.words), uses: ['SimpleImputer', 'Pipeline', 'OneHotEncoder'] });
  }
  if (columns.dates.length > 0) {
    const steps = [`['parts', new DateFeatures()]`, `['fill', new SimpleImputer({ strategy: 'median' })]`, `['scale', new StandardScaler()]`];
    parts.push({ name: 'dates', source: pipeline(steps), columns: list(columns.dates), uses: ['DateFeatures', 'Pipeline', 'SimpleImputer', 'StandardScaler'] });
  }
  for (const name of columns.phrases) {
    parts.push({ name: `words of ${name}`, source: unspaced.includes(name) ? `new CountVectorizer({ analyzer: 'char', ngramRange: [1, 2], minDf: 3, binary: true })` : `new CountVectorizer({ tokenPattern: /\\w+/gu, minDf: 3, binary: true })`, columns: quote(name), uses: ['CountVectorizer'] });
  }
  for (const name of columns.texts) {
    parts.push({ name: `text of ${name}`, source: unspaced.includes(name) ? LETTERS : WORDS, columns: quote(name), uses: ['TfidfVectorizer'] });
  }
  const plain: string[] = [];
  if (columns.numbers.length > 0) plain.push(`    ['numbers', 'passthrough', ${list(columns.numbers)}],`);
  const fill = `['fill', new SimpleImputer({ strategy: 'constant', fillValue: 'none' })]`;
  const few = columns.words.filter((name) => !manyValued.includes(name));
  if (few.length > 0) plain.push(`    ['words', ${pipeline([fill, `['encode', new OrdinalEncoder({ handleUnknown: 'useEncodedValue', unknownValue: -1 })]`])}, ${list(few)}],`);
  if (manyValued.length > 0) plain.push(`    ['targets', ${pipeline([fill, `['encode', new TargetEncoder({ randomState: 43 })]`])}, ${list(manyValued)}],`);
  if (columns.dates.length > 0) plain.push(`    ['dates', new DateFeatures(), ${list(columns.dates)}],`);
  const forTrees = canBoost(columns);
  if (forTrees && few.length > 0) parts[0].uses.push('OrdinalEncoder');
  if (forTrees && manyValued.length > 0) parts[0].uses.push('TargetEncoder');
  const imports = [...new Set(['ColumnTransformer', ...parts.flatMap(({ uses }) => uses)])].sort();
  const lines = parts.map(({ name, source, columns: selected }) => `    [${quote(name)}, ${source}, ${selected}],`);
  return `import { ${imports.join(', ')} } from 'refit';

/** Each kind of column prepared in its way; what is learned for it is learned from training rows only. */
export const features = () =>
  new ColumnTransformer([
${lines.join('\n')}
  ]);
${forTrees ? `
/** For trees, which take gaps and scales as they are: words by number or, where there are many, by the mean target of each; phrases left out. */
export const plainFeatures = () =>
  new ColumnTransformer([
${plain.join('\n')}
  ]);
` : ''}`;
}

const pipeline = (steps: readonly string[]): string => `new Pipeline([${steps.join(', ')}])`;

/** A string literal. */
export function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;
}
