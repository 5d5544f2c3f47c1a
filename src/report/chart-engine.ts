/**
 * The chart library and a document for it to draw into, in one module of their own: the build bundles this
 * file, since loading their hundreds of small modules takes longer than drawing a chart.
 */
export * as Plot from '@observablehq/plot';
export { parseHTML } from 'linkedom';
