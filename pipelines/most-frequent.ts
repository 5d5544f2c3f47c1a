import { DummyClassifier, Pipeline } from 'refit';

/** The most frequent class for every row: what any model must beat. */
export default () => new Pipeline([['classify', new DummyClassifier({ strategy: 'mostFrequent' })]]);
