import { LogisticRegression } from '../../../src/index.ts';

export default new LogisticRegression({ maxItr: 100 });
