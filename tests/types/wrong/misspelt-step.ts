import { CountVectorizer, LogisticRegression, Pipeline } from '../../../src/index.ts';

const pipeline = new Pipeline([
  ['count', new CountVectorizer()],
  ['classify', new LogisticRegression()],
]);
export default pipeline.with({ clasify: { C: 10 } });
