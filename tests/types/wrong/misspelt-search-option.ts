import { CountVectorizer, GridSearch, LogisticRegression, Pipeline } from '../../../src/index.ts';

const estimator = new Pipeline([
  ['count', new CountVectorizer()],
  ['classify', new LogisticRegression()],
]);
export default new GridSearch({ estimator, searchSpace: { classify: { maxItr: [10, 100] } } });
