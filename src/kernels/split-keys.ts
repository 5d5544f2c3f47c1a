import * as twins from './twins/split-keys.ts';

export const gatherKeys = twins.gatherKeys;
export const sortKeys = twins.sortKeys;
export const partitionRows = twins.partitionRows;
