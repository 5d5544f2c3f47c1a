import { LogisticRegression, Pipeline, StandardScaler } from '../../../src/index.ts';

const pipeline = new Pipeline([
  ['scale', new StandardScaler()],
  ['classify', new LogisticRegression()],
]);
await pipeline.fit(['a text', 'another'], [0, 1]);
