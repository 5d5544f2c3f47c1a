export { LatentDirichletAllocation } from '../../src/decomposition/latent-dirichlet-allocation.ts';
export { NMF } from '../../src/decomposition/nmf.ts';
export { PCA } from '../../src/decomposition/pca.ts';
export { TruncatedSVD } from '../../src/decomposition/truncated-svd.ts';
