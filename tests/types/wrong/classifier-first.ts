import { LogisticRegression, Pipeline, StandardScaler } from '../../../src/index.ts';

export default new Pipeline([
  ['classify', new LogisticRegression()],
  ['scale', new StandardScaler()],
]);
