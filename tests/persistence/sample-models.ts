import {
  ColumnTransformer,
  columns,
  CountVectorizer,
  DenseMatrix,
  GridSearch,
  KNeighborsClassifier,
  LogisticRegression,
  MultinomialNB,
  OneHotEncoder,
  packModel,
  Pipeline,
  Ridge,
  SimpleImputer,
  StandardScaler,
  SVC,
  Table,
  TfidfVectorizer,
  TransformedTarget,
} from '../../src/index.ts';

const texts = Array.from({ length: 24 }, (_, i) => `w${i % 5} v${i % 7} größe ${'abc'[i % 3]}`);
const labels = texts.map((_, i) => ['ham', 'spam'][i % 2]);
const numbers = new DenseMatrix(24, 3, Float64Array.from({ length: 72 }, (_, i) => ((i * 7) % 11) - 5));
const table = Table.from({ age: texts.map((_, i) => (i % 6 === 0 ? null : i % 9)), town: texts.map((_, i) => 'xyz'[i % 3]), day: texts.map((_, i) => i / 7) });
const prices = texts.map((_, i) => 10 + ((i * 5) % 13));

/** Small models of every kind that the library has, as files. */
export async function sampleModels(): Promise<Uint8Array[]> {
  const models: object[] = [
    await new Pipeline([['words', new TfidfVectorizer({ ngramRange: [1, 2] })], ['classify', new LogisticRegression()]]).fit(texts, labels),
    await new Pipeline([['words', new CountVectorizer({ stopWords: ['w1'], tokenPattern: /[a-zß-ÿ0-9]+/gu })], ['classify', new KNeighborsClassifier({ nNeighbors: 2 })]]).fit(texts, labels),
    await new SVC().fit(numbers, labels),
    await new GridSearch({ estimator: new MultinomialNB(), searchSpace: { alpha: [0.1, 1] }, cv: 2 }).fit(new DenseMatrix(24, 3, numbers.data.map(Math.abs)), labels),
    await new Pipeline([
      ['columns', new ColumnTransformer([['numbers', new Pipeline([['fill', new SimpleImputer()], ['scale', new StandardScaler()]]), columns.numeric], ['words', new OneHotEncoder(), columns.categorical]])],
      ['price', new TransformedTarget({ regressor: new Ridge(), func: 'log1p' })],
    ]).fit(table, prices),
  ];
  return Promise.all(models.map((model) => packModel(model)));
}
