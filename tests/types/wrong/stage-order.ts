import { CountVectorizer, LogisticRegression, Pipeline, StandardScaler } from '../../../src/index.ts';

export default new Pipeline([
  ['scale', new StandardScaler({ withMean: false })],
  ['count', new CountVectorizer()],
  ['classify', new LogisticRegression()],
]);
