export { GaussianRandomProjection } from '../../src/decomposition/gaussian-random-projection.ts';
export { johnsonLindenstraussMinDim } from '../../src/decomposition/johnson-lindenstrauss-min-dim.ts';
export { LatentDirichletAllocation } from '../../src/decomposition/latent-dirichlet-allocation.ts';
export { NMF } from '../../src/decomposition/nmf.ts';
export { PCA } from '../../src/decomposition/pca.ts';
export { SparseRandomProjection } from '../../src/decomposition/sparse-random-projection.ts';
export { TruncatedSVD } from '../../src/decomposition/truncated-svd.ts';
