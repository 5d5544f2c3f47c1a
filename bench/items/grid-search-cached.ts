import type { BenchItem } from '../bench-item.ts';
import { gridSearch } from './grid-search.ts';

/** The same search, against a pipeline that keeps fitted stages on disk (`memory=`, an empty folder at the start). */
export const gridSearchCached: BenchItem = {
  ...gridSearch,
  name: 'grid-search-cached',
  title: 'the same against theirs with memory= caching',
  target: { ratio: 0.3 },
  peer: { script: 'grid_search.py', arguments: ['memory'], jobs: true },
};
