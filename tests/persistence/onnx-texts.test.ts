import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import {
  CountVectorizer,
  exportOnnx,
  FunctionTransformer,
  HashingVectorizer,
  KNeighborsClassifier,
  LogisticRegression,
  ModelError,
  OneHotEncoder,
  Pipeline,
  StandardScaler,
  TfidfVectorizer,
  TransformedTarget,
  Ridge,
  Table,
  ColumnTransformer,
  VotingClassifier,
  type DenseMatrix,
} from '../../src/index.ts';

/** ONNX Runtime takes texts up to the first NUL. */
const NUL = '\0';

/** Characters that lowercasing, accents and word boundaries treat each in a way of its own. */
const special = [...'ΣσςİıßẞſKÅǅﬁﬃⅣⓐ\u0301\u0345\u0307ªº_0٣๒½中あ한ㄱ’\'·.:­‿\t\n\v\u0085\u00a0\u2028\u3000\ufeff\u200b\u001c𝒜😀'];
const texts = fc.array(fc.string({ unit: fc.oneof(fc.constantFrom(...special), fc.constantFrom(...'aAbBzZéÉñ  '), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => one !== NUL && !/\p{Surrogate}/u.test(one))), maxLength: 12 }), { minLength: 1, maxLength: 6 });

const vectorizers: [string, () => CountVectorizer | TfidfVectorizer][] = [
  ['words', () => new CountVectorizer({ tokenPattern: /\w+/gu })],
  ['words of two letters, pairs, without stop words', () => new CountVectorizer({ ngramRange: [1, 2], stopWords: ['ab', 'σς'] })],
  ['words as they are written', () => new TfidfVectorizer({ lowercase: false, tokenPattern: /[\w'.]+/gu, norm: null, sublinearTf: true })],
  ['words without accents', () => new CountVectorizer({ stripAccents: 'unicode', tokenPattern: /\w+/gu })],
  ['ASCII words', () => new CountVectorizer({ stripAccents: 'ascii', tokenPattern: /\S+/gu })],
  ['characters', () => new CountVectorizer({ analyzer: 'char', ngramRange: [1, 3] })],
  ['characters of words', () => new CountVectorizer({ analyzer: 'char_wb', ngramRange: [1, 4] })],
  ['long runs of characters of words', () => new CountVectorizer({ analyzer: 'char_wb', ngramRange: [5, 6], stripAccents: 'unicode' })],
];

test.each(vectorizers)('counts %s of any text as the vectorizer does', async (_, make) => {
  // Known terms of special texts, then texts that may hold anything.
  const known = [special.join(' '), special.join(''), 'ab AB Σ ΑΣ ΑΣ’ ΑΣ.α ας éa e\u0301a', 'İI ﬁb zz'];
  const vectorizer = await make().fit(known);
  const session = await InferenceSession.create(exportOnnx(vectorizer));
  await fc.assert(
    fc.asyncProperty(texts, async (asked) => {
      const rows = [...asked, ...known];
      const own = ((await vectorizer.transform(rows)).toDense() as DenseMatrix).data;
      const { output } = await session.run({ text: new Tensor('string', rows, [rows.length]) });
      const graph = output.data as Float64Array;
      expect(graph.length).toBe(own.length);
      const wrong = own.findIndex((value, p) => !(Math.abs(graph[p] - value) <= 1e-12));
      const terms = vectorizer.featureNamesOut();
      if (wrong >= 0) throw new Error(`${graph[wrong]} instead of ${own[wrong]} for ${JSON.stringify(terms[wrong % terms.length])} in ${JSON.stringify(rows[Math.floor(wrong / terms.length)])}`);
    }),
    { seed: 3, numRuns: 25 },
  );
});

test('gives no rows for no texts', async () => {
  const vectorizer = await new CountVectorizer().fit(['ab cd']);
  const session = await InferenceSession.create(exportOnnx(vectorizer));
  expect((await session.run({ text: new Tensor('string', [''], [1]) })).output.dims).toEqual([1, 2]);
});

describe('what ONNX has no words for is refused with the stage’s name', () => {
  const X = ['ab cd', 'cd ef', 'gh'];
  const y = ['a', 'b', 'a'];
  const refusal = async (model: { fit(X: any, y: any): Promise<object> }, rows: unknown = X): Promise<string> => {
    try {
      exportOnnx(await model.fit(rows, y));
    } catch (error) {
      expect(error).toBeInstanceOf(ModelError);
      return (error as Error).message;
    }
    return '';
  };
  const numbers = [[1, 2], [2, 1], [0, 3]];

  test.each<[string, string, () => Promise<string>]>([
    ['a model without fit', 'exportOnnx: the model must be fitted. Call await fit(X, y) first.', async () => refusal({ fit: async () => new Ridge() })],
    ['hashing', 'exportOnnx: step "words": HashingVectorizer cannot be written as ONNX. Leave it out, or save the model with saveModel.', () => refusal(new Pipeline([['words', new HashingVectorizer({ nFeatures: 16 })], ['classify', new LogisticRegression()]]))],
    ['a function', 'exportOnnx: step "own": FunctionTransformer cannot be written as ONNX.', () => refusal(new Pipeline([['own', new FunctionTransformer({ func: (rows: string[]) => rows })], ['words', new CountVectorizer()], ['classify', new LogisticRegression()]]))],
    ['a tokenizer of one’s own', 'exportOnnx: step "words": CountVectorizer: tokenizer is a function, which ONNX has no word for. Use the other options, or save the model with saveModel.', () => refusal(new Pipeline([['words', new CountVectorizer({ tokenizer: (text) => text.split(' ') })], ['classify', new LogisticRegression()]]))],
    ['a pattern that is no run', 'exportOnnx: step "words": CountVectorizer: tokenPattern must be a run of one class, such as /\\w+/u or /[a-z\']{2,}/u, to be written as ONNX, got /a|b\\w+/u.', () => refusal(new Pipeline([['words', new CountVectorizer({ tokenPattern: /a|b\w+/u, vocabulary: ['a'] })], ['classify', new LogisticRegression()]]))],
    ['neighbours within a vote', 'exportOnnx: step "vote.near": KNeighborsClassifier cannot be written as ONNX.', () => refusal(new Pipeline([['scale', new StandardScaler()], ['vote', new VotingClassifier({ estimators: [['near', new KNeighborsClassifier({ nNeighbors: 1 })]] })]]), numbers)],
    ['categories that must be known', 'exportOnnx: step "columns.town": OneHotEncoder: handleUnknown must be \'ignore\' or \'infrequentIfExist\', since a graph cannot refuse a category, got \'error\'.', () => refusal(new Pipeline([['columns', new ColumnTransformer([['town', new OneHotEncoder(), ['town']]])], ['classify', new LogisticRegression()]]), Table.from({ town: ['u', 'v', 'u'] }))],
    ['a target changed by a function', "exportOnnx: TransformedTarget: func must be a name to be written as ONNX, got a function. Use 'log1p', 'log', 'sqrt' or 'standardize'.", async () => refusal({ fit: async () => new TransformedTarget({ regressor: new Ridge(), func: (v: number) => v, inverseFunc: (v: number) => v }).fit(numbers, [1, 2, 3]) })],
  ])('%s', async (_, message, work) => {
    expect(await work()).toContain(message);
  });
});
