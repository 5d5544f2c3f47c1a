import { LogisticRegression, Pipeline, randint, RandomizedSearch, StandardScaler } from '../../../src/index.ts';

const estimator = new Pipeline([
  ['scale', new StandardScaler()],
  ['classify', new LogisticRegression()],
]);
export default new RandomizedSearch({ estimator, searchSpace: { scale: { withMean: randint(0, 2) } } });
