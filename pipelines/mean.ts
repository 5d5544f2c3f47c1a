import { DummyRegressor, Pipeline } from 'refit';

/** The mean of the target for every row: what any model must beat. */
export default () => new Pipeline([['predict', new DummyRegressor({ strategy: 'mean' })]]);
