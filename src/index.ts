/** The public surface of Refit: one line per file, grouped by area. */

// Competitions
export { defineCompetition, type CvDefinition, type DealtFolds, type TimeOrderedFolds, type SubmissionDefinition, type CompetitionDefinition, type Competition } from './competition/define-competition.ts';
export { loadCompetition, loadPipeline, type LoadedCompetition, type PipelineContext } from './competition/load-competition.ts';
export { runCompetition, type RunEvent, type RunOptions, type RunResult } from './competition/run-competition.ts';
export type { ScoreSummary, StageRecord, PipelineRecord, RunRecord, RunTimes, OutOfFold } from './competition/run-record.ts';
export { writeRun, type WriteRunOptions } from './competition/write-run.ts';
export { newCompetition, type NewCompetition, type NewCompetitionOptions } from './competition/new-competition.ts';
export type { InferredCompetition } from './competition/infer-competition.ts';
export type { Conclusion } from './competition/conclusion.ts';
export type { ColumnRoles } from './competition/infer-columns.ts';
export { checkSubmissionFile, type SubmissionReview } from './competition/check-submission-file.ts';
export { blendRuns, type BlendOptions, type BlendResult, type BlendMethod } from './competition/blend-runs.ts';
export { nestedBlend, type NestedBlend } from './competition/nested-blend.ts';
export { hillClimbing } from './competition/hill-climbing.ts';
export { stackedBlend } from './competition/stacked-blend.ts';
export type { Blend, Blender, BlendTask } from './competition/blender.ts';
export type { WritableRun } from './competition/write-run.ts';
export { compareRuns, type Comparison, type ComparedPipeline } from './competition/compare-runs.ts';
export { diffRuns, type RunDiff, type RowDiff } from './competition/diff-runs.ts';
export { findRun, readRun, storedRuns, readPredictions, type StoredRun, type StoredPredictions } from './competition/stored-run.ts';
export type { RunHashes } from './competition/run-hashes.ts';
export type { TestPrediction } from './competition/test-prediction.ts';
export { comparisonHtml } from './report/comparison-html.ts';
export { scoreSubmission, type SubmissionScores } from './competition/score-submission.ts';
export { tuneCompetition, type TuneOptions, type TuneResult, type TunedCandidate } from './competition/tune-competition.ts';
export { writeSubmission } from './competition/write-submission.ts';
export { checkSubmission, type Submission, type SubmissionNeeds } from './competition/check-submission.ts';

// Tables
export { Table, type TableLike } from './table/table.ts';
export { RowsOf } from './table/rows-of.ts';
export { columns, type ColumnSelector } from './table/columns.ts';
export { Column } from './table/column.ts';
export type { ColumnKind, ColumnData, ColumnLike, Value } from './table/column-data.ts';
export type { TableDescription, ColumnSummary } from './table/describe-table.ts';
export { readCsv, type ReadCsvOptions } from './table/read-csv.ts';
export { readCsvRows, type ReadCsvRowsOptions } from './table/read-csv-rows.ts';
export { readJsonLines, type ReadJsonLinesOptions } from './table/read-json-lines.ts';
export { readParquet, type ReadParquetOptions } from './table/read-parquet.ts';
export { writeCsv } from './table/write-csv.ts';

// Pipelines
export { Pipeline } from './pipeline/pipeline.ts';
export { ColumnTransformer, type ColumnTransformerOptions, type ColumnTransformerFitted, type Part, type PartStage } from './pipeline/column-transformer.ts';
export { FeatureUnion } from './pipeline/feature-union.ts';
export { TransformedTarget, type TransformedTargetOptions, type TransformedTargetFitted, type TransformedTargetChanges } from './pipeline/transformed-target.ts';
export type { TargetFunction, TargetFunctionName } from './pipeline/target-function.ts';
export type { Stage, Step } from './pipeline/stage.ts';

// Saved models
export { saveModel } from './persistence/save-model.ts';
export { loadModel, type LoadedModel } from './persistence/load-model.ts';
export { importLightGbm, type ImportOptions } from './persistence/import/import-light-gbm.ts';
export { importXgboost } from './persistence/import/import-xgboost.ts';
export { importSklearn } from './persistence/import/import-sklearn.ts';
export { ImportedTrees, type ImportedTreesParts, type ImportedLink } from './persistence/import/imported-trees.ts';
export { exportOnnx } from './persistence/onnx/export-onnx.ts';
export { packModel, unpackModel, type ModelFileOptions } from './persistence/model-file.ts';
export type { Modules } from './persistence/known-names.ts';
export { encodeSafetensors, decodeSafetensors, type SafetensorsFile } from './formats/safetensors.ts';
export type { Tensor, TensorData, TensorType } from './formats/tensor.ts';

// Text
export { CountVectorizer, type CountVectorizerOptions } from './text/count-vectorizer.ts';
export { TfidfTransformer } from './text/tfidf-transformer.ts';
export { TfidfVectorizer, type TfidfVectorizerOptions } from './text/tfidf-vectorizer.ts';
export { HashingVectorizer, type HashingVectorizerOptions } from './text/hashing-vectorizer.ts';
export { AnalyzedTexts, type TextsLike } from './text/analyzed-texts.ts';
export type { Texts } from './text/texts.ts';

// Preprocessing
export { StandardScaler, type StandardScalerOptions, type StandardScalerFitted } from './preprocessing/standard-scaler.ts';
export { MinMaxScaler, type MinMaxScalerOptions, type MinMaxScalerFitted } from './preprocessing/min-max-scaler.ts';
export { MaxAbsScaler, type MaxAbsScalerOptions, type MaxAbsScalerFitted } from './preprocessing/max-abs-scaler.ts';
export { Normalizer, type NormalizerOptions } from './preprocessing/normalizer.ts';
export { Binarizer, type BinarizerOptions } from './preprocessing/binarizer.ts';
export { FunctionTransformer, type FunctionTransformerOptions, type FunctionTransformerFitted } from './preprocessing/function-transformer.ts';
export { LabelEncoder, type LabelEncoderFitted } from './preprocessing/label-encoder.ts';
export { LabelBinarizer, type LabelBinarizerOptions, type LabelBinarizerFitted } from './preprocessing/label-binarizer.ts';
export { MultiLabelBinarizer, type MultiLabelBinarizerOptions, type MultiLabelBinarizerFitted, type LabelSets } from './preprocessing/multi-label-binarizer.ts';
export { DictVectorizer, type DictVectorizerOptions, type DictVectorizerFitted } from './preprocessing/dict-vectorizer.ts';
export { FeatureHasher, type FeatureHasherOptions, type FeatureHasherFitted, type HashableRows } from './preprocessing/feature-hasher.ts';
export type { NamedValues, RecordsLike } from './preprocessing/record-entries.ts';
export { OneHotEncoder, type OneHotEncoderOptions, type OneHotEncoderLearned } from './preprocessing/one-hot-encoder.ts';
export { OrdinalEncoder, type OrdinalEncoderOptions, type OrdinalEncoderLearned } from './preprocessing/ordinal-encoder.ts';
export { TargetEncoder, type TargetEncoderOptions, type TargetEncoderLearned } from './preprocessing/target-encoder.ts';
export { FrequencyEncoder, type FrequencyEncoderOptions, type FrequencyEncoderLearned } from './preprocessing/frequency-encoder.ts';
export { GroupStatistics, type GroupStatisticsOptions, type GroupStatisticsLearned, type GroupStatistic } from './preprocessing/group-statistics.ts';
export { RareCategoryGrouper, type RareCategoryGrouperOptions, type RareCategoryGrouperLearned } from './preprocessing/rare-category-grouper.ts';
export { DateFeatures, type DateFeaturesOptions, type DateFeaturesLearned } from './preprocessing/date-features.ts';
export type { DatePart, CyclicPart } from './preprocessing/calendar.ts';
export { RobustScaler, type RobustScalerOptions, type RobustScalerLearned } from './preprocessing/robust-scaler.ts';
export { PowerTransformer, type PowerTransformerOptions, type PowerTransformerLearned } from './preprocessing/power-transformer.ts';
export { QuantileTransformer, type QuantileTransformerOptions, type QuantileTransformerLearned } from './preprocessing/quantile-transformer.ts';
export { KBinsDiscretizer, type KBinsDiscretizerOptions, type KBinsDiscretizerLearned } from './preprocessing/k-bins-discretizer.ts';
export type { QuantileMethod } from './core/quantiles.ts';
export { PolynomialFeatures, type PolynomialFeaturesOptions, type PolynomialFeaturesLearned } from './preprocessing/polynomial-features.ts';
export { SplineTransformer, type SplineTransformerOptions, type SplineTransformerLearned } from './preprocessing/spline-transformer.ts';
export { OutlierClipper } from './preprocessing/outlier-clipper.ts';
export { OutlierDropper, type OutlierDropperLearned } from './preprocessing/outlier-dropper.ts';
export { RowFilter, type RowFilterOptions, type KeepRow } from './preprocessing/row-filter.ts';
export type { OutlierOptions, OutlierLimits } from './preprocessing/outlier-limits.ts';
export type { CategoriesOption } from './preprocessing/categories.ts';

// Missing values
export { SimpleImputer, type SimpleImputerOptions, type SimpleImputerFitted } from './impute/simple-imputer.ts';
export { MissingIndicator, type MissingIndicatorOptions, type MissingIndicatorFitted } from './impute/missing-indicator.ts';
export { KNNImputer, type KNNImputerOptions, type KNNImputerLearned } from './impute/knn-imputer.ts';
export { IterativeImputer, type IterativeImputerOptions, type IterativeImputerLearned, type ImputationStep } from './impute/iterative-imputer.ts';
export { Interpolator, type InterpolatorOptions, type InterpolatorLearned } from './impute/interpolator.ts';
export type { MissingValues } from './impute/any-columns.ts';

// Feature selection
export { VarianceThreshold, type VarianceThresholdOptions, type VarianceThresholdFitted } from './feature-selection/variance-threshold.ts';
export { CorrelationFilter, type CorrelationFilterOptions, type CorrelationFilterFitted } from './feature-selection/correlation-filter.ts';
export { SelectKBest, type SelectKBestOptions } from './feature-selection/select-k-best.ts';
export { SelectPercentile, type SelectPercentileOptions } from './feature-selection/select-percentile.ts';
export { SelectFpr, SelectFdr, SelectFwe, type PValueOptions } from './feature-selection/select-by-p-value.ts';
export { GenericUnivariateSelect, type GenericUnivariateSelectOptions } from './feature-selection/generic-univariate-select.ts';
export type { UnivariateOptions, UnivariateFitted } from './feature-selection/univariate-selector.ts';
export type { ScoreFunction, ScoreFunctionName, ColumnScores } from './feature-selection/score-function.ts';
export { chi2 } from './feature-selection/chi2.ts';
export { fClassif } from './feature-selection/f-classif.ts';
export { fRegression } from './feature-selection/f-regression.ts';
export { rRegression, type CorrelationOptions } from './feature-selection/r-regression.ts';
export { mutualInfoClassif, mutualInfoRegression, type MutualInformationOptions } from './feature-selection/mutual-information.ts';
export { SelectFromModel, type SelectFromModelOptions, type SelectFromModelFitted } from './feature-selection/select-from-model.ts';
export { RFE, type RFEOptions, type RFEFitted } from './feature-selection/rfe.ts';
export { SequentialFeatureSelector, type SequentialFeatureSelectorOptions, type SequentialFeatureSelectorFitted } from './model-selection/sequential-feature-selector.ts';
export { RFECV, type RFECVOptions, type RFECVFitted } from './model-selection/rfecv.ts';
export { permutationImportance, type PermutationImportance, type PermutationImportanceOptions } from './model-selection/permutation-importance.ts';

// Linear models
export { LogisticRegression, type LogisticRegressionOptions, type LogisticRegressionFitted } from './linear/logistic-regression.ts';
export { RidgeClassifierCV, type RidgeClassifierCVOptions, type RidgeClassifierCVFitted } from './model-selection/ridge-classifier-cv.ts';
export { LogisticRegressionCV, type LogisticRegressionCVOptions, type LogisticRegressionCVFitted } from './model-selection/logistic-regression-cv.ts';
export { LinearRegression, type LinearRegressionOptions, type LinearRegressionFitted } from './linear/linear-regression.ts';
export { Ridge, type RidgeOptions, type RidgeFitted, type RidgeSolver } from './linear/ridge.ts';
export { RidgeCV, type RidgeCVOptions, type RidgeCVFitted, type ScoringFunction } from './linear/ridge-cv.ts';
export { Lasso, type LassoOptions } from './linear/lasso.ts';
export { LassoCV, type LassoCVOptions, type LassoCVFitted } from './linear/lasso-cv.ts';
export { ElasticNet, type ElasticNetOptions } from './linear/elastic-net.ts';
export { ElasticNetCV, type ElasticNetCVOptions, type ElasticNetCVFitted } from './linear/elastic-net-cv.ts';
export type { ElasticNetFitted, ElasticNetSolverOptions } from './linear/elastic-net-fit.ts';
export { Lars, type LarsOptions } from './linear/lars.ts';
export { LassoLars, type LassoLarsOptions } from './linear/lasso-lars.ts';
export { LassoLarsIC, type LassoLarsICOptions, type LassoLarsICFitted } from './linear/lasso-lars-ic.ts';
export type { LarsFitted } from './linear/lars-fit.ts';
export { larsPath, type LarsPathOptions, type LarsPath } from './linear/lars-path.ts';
export { LarsCV } from './linear/lars-cv.ts';
export { LassoLarsCV, type LassoLarsCVOptions } from './linear/lasso-lars-cv.ts';
export type { LarsCVOptions, LarsCVFitted } from './linear/lars-cv-fit.ts';
export { OrthogonalMatchingPursuit, type OrthogonalMatchingPursuitOptions } from './linear/orthogonal-matching-pursuit.ts';
export { OrthogonalMatchingPursuitCV, type OrthogonalMatchingPursuitCVOptions, type OrthogonalMatchingPursuitCVFitted } from './linear/orthogonal-matching-pursuit-cv.ts';
export type { OrthogonalMatchingPursuitFitted } from './linear/pursue.ts';
export { ARDRegression, type ARDRegressionOptions, type ARDRegressionFitted } from './linear/ard-regression.ts';
export { KernelRidge, type KernelRidgeOptions, type KernelRidgeFitted } from './linear/kernel-ridge.ts';
export type { PairwiseKernelName } from './matrix/kernel-matrix.ts';
export { BayesianRidge, type BayesianRidgeOptions, type BayesianRidgeFitted } from './linear/bayesian-ridge.ts';
export { PLSRegression, type PlsRegressionOptions, type PlsRegressionFitted } from './linear/pls-regression.ts';
export { HuberRegressor, type HuberRegressorOptions, type HuberRegressorFitted } from './linear/huber-regressor.ts';
export { QuantileRegressor, type QuantileRegressorOptions, type QuantileRegressorFitted } from './linear/quantile-regressor.ts';
export { TheilSenRegressor, type TheilSenRegressorOptions, type TheilSenRegressorFitted } from './linear/theil-sen-regressor.ts';
export { RANSACRegressor, type RANSACRegressorOptions, type RANSACRegressorFitted, type RowLoss } from './ensemble/ransac-regressor.ts';
export { PoissonRegressor } from './linear/poisson-regressor.ts';
export { GammaRegressor } from './linear/gamma-regressor.ts';
export { TweedieRegressor, type TweedieRegressorOptions } from './linear/tweedie-regressor.ts';
export type { GeneralizedLinearOptions, GeneralizedLinearFitted } from './linear/generalized-linear-model.ts';
export { RidgeClassifier, type RidgeClassifierOptions, type RidgeClassifierFitted } from './linear/ridge-classifier.ts';
export { SGDClassifier, type SGDClassifierOptions } from './linear/sgd-classifier.ts';
export { Perceptron, type PerceptronOptions } from './linear/perceptron.ts';
export type { SGDClassifierFitted } from './linear/sgd-classification.ts';
export type { LinearClassifierFitted } from './linear/linear-classifier.ts';
export { SGDRegressor, type SGDRegressorOptions, type SGDRegressorFitted } from './linear/sgd-regressor.ts';
export type { SgdOptions } from './linear/sgd-options.ts';
export type { SgdClassificationLoss, SgdRegressionLoss } from './linear/sgd-loss.ts';
export type { LinearFitted } from './linear/linear-regressor.ts';

// Naive Bayes
export { MultinomialNB, type MultinomialNBOptions } from './bayes/multinomial-nb.ts';
export { ComplementNB, type ComplementNBOptions, type ComplementNBFitted } from './bayes/complement-nb.ts';
export { BernoulliNB, type BernoulliNBOptions } from './bayes/bernoulli-nb.ts';
export { CategoricalNB, type CategoricalNBOptions, type CategoricalNBFitted } from './bayes/categorical-nb.ts';
export { GaussianNB, type GaussianNBOptions, type GaussianNBFitted } from './bayes/gaussian-nb.ts';

// Discriminant analysis and covariances
export { LinearDiscriminantAnalysis, type LinearDiscriminantAnalysisOptions, type LinearDiscriminantAnalysisFitted, type LinearDiscriminantSolver } from './discriminant/linear-discriminant-analysis.ts';
export { QuadraticDiscriminantAnalysis, type QuadraticDiscriminantAnalysisOptions, type QuadraticDiscriminantAnalysisFitted, type QuadraticDiscriminantSolver } from './discriminant/quadratic-discriminant-analysis.ts';
export { DiscriminantAnalysis } from './discriminant/discriminant-analysis.ts';
export type { CovarianceModel, CovarianceShape } from './discriminant/class-covariance.ts';
export { EmpiricalCovariance } from './covariance/empirical-covariance.ts';
export { ShrunkCovariance, type ShrunkCovarianceOptions } from './covariance/shrunk-covariance.ts';
export { LedoitWolf, type ShrinkageFitted } from './covariance/ledoit-wolf.ts';
export { OAS } from './covariance/oas.ts';
export { CovarianceEstimator, type CovarianceOptions, type CovarianceFitted, type ErrorNormOptions } from './covariance/covariance-estimator.ts';

// Neighbours
export { KNeighborsClassifier, type KNeighborsClassifierOptions, type KNeighborsClassifierFitted } from './neighbors/k-neighbors-classifier.ts';
export { KNeighborsRegressor, type KNeighborsRegressorOptions, type KNeighborsRegressorFitted } from './neighbors/k-neighbors-regressor.ts';
export { RadiusNeighborsClassifier, type RadiusNeighborsClassifierOptions, type RadiusNeighborsClassifierFitted } from './neighbors/radius-neighbors-classifier.ts';
export { RadiusNeighborsRegressor, type RadiusNeighborsRegressorOptions, type RadiusNeighborsRegressorFitted } from './neighbors/radius-neighbors-regressor.ts';
export { NearestNeighbors, type NearestNeighborsOptions } from './neighbors/nearest-neighbors.ts';
export { LocalOutlierFactor, type LocalOutlierFactorOptions, type LocalOutlierFactorFitted } from './neighbors/local-outlier-factor.ts';
export { KernelDensity, type KernelDensityOptions, type KernelDensityFitted } from './neighbors/kernel-density.ts';
export type { DensityKernelName } from './neighbors/density-kernel.ts';
export { NearestCentroid, type NearestCentroidOptions, type NearestCentroidFitted } from './neighbors/nearest-centroid.ts';
export type { Neighbors, Neighborhood, NeighborsFitted } from './neighbors/neighbor-search.ts';
export type { NeighborsOptions, NeighborSearchOptions } from './neighbors/neighbors-options.ts';
export type { NeighborWeights } from './neighbors/neighbor-weights.ts';
export type { DistanceMetric, MetricName } from './neighbors/metric.ts';
export type { KdTree } from './kernels/near-points-arrays.ts';

// Support vector machines
export { LinearSVC, type LinearSVCOptions, type LinearSVCFitted } from './svm/linear-svc.ts';
export { LinearSVR, type LinearSVROptions, type LinearSVRFitted } from './svm/linear-svr.ts';
export { SVC, type SVCOptions, type SVCFitted } from './svm/svc.ts';
export { NuSVC, type NuSVCOptions } from './svm/nu-svc.ts';
export { NuSVR, type NuSVROptions } from './svm/nu-svr.ts';
export { SVR, type SVROptions, type SVRFitted } from './svm/svr.ts';
export { OneClassSVM, type OneClassSVMOptions, type OneClassSVMFitted } from './svm/one-class-svm.ts';
export type { KernelOptions } from './svm/kernel-options.ts';
export type { KernelName } from './matrix/row-kernel.ts';

// Gradient boosting
export { HistGradientBoostingClassifier, type HistGradientBoostingClassifierOptions } from './boosting/hist-gradient-boosting-classifier.ts';
export { HistGradientBoostingRegressor, type HistGradientBoostingRegressorOptions, type BoostingRegressionLoss } from './boosting/hist-gradient-boosting-regressor.ts';
export { GradientBoostingClassifier, type GradientBoostingClassifierOptions } from './boosting/gradient-boosting-classifier.ts';
export { GradientBoostingRegressor, type GradientBoostingRegressorOptions } from './boosting/gradient-boosting-regressor.ts';
export type { GradientBoostingOptions } from './boosting/gradient-boosting-options.ts';
export type { GradientBoostingFitted } from './boosting/fit-gradient-boosting.ts';
export type { HistGradientBoostingOptions, MonotonicCst, InteractionCst } from './boosting/hist-gradient-boosting-options.ts';
export type { BoostingFitOptions } from './boosting/boosting-fit-options.ts';
export type { HistGradientBoostingFitted } from './boosting/fit-boosting.ts';
export type { BoostedTrees } from './boosting/boosted-trees.ts';
export type { CategoricalFeatures } from './boosting/categorical-features.ts';
export type { FeaturesLike } from './boosting/features.ts';

// Explanations
export { shapValues, type ShapValues } from './explain/shap-values.ts';
export { explainRow, type ExplainRowOptions, type RowExplanation, type Contribution } from './explain/explain-row.ts';
export { featureImportances, type FeatureImportances } from './explain/feature-importances.ts';
export { partialDependence, type PartialDependence, type PartialDependenceOptions } from './explain/partial-dependence.ts';
export { shapFigure, type ShapFigureOptions } from './report/shap-figure.ts';
export { dependenceFigure, type DependenceFigureOptions } from './report/dependence-figure.ts';

// Decomposition
export { PCA, type PcaOptions } from './decomposition/pca.ts';
export { IncrementalPCA, type IncrementalPcaOptions, type IncrementalPcaFitted } from './decomposition/incremental-pca.ts';
export type { PcaFitted, ComponentsFitted } from './decomposition/pca-fitted.ts';
export { PrincipalComponents } from './decomposition/principal-components.ts';
export type { PcaSolver } from './decomposition/solve-pca.ts';
export { TruncatedSVD, type TruncatedSvdOptions, type TruncatedSvdFitted } from './decomposition/truncated-svd.ts';
export { NMF, type NmfOptions, type NmfFitted } from './decomposition/nmf.ts';
export { LatentDirichletAllocation, type LatentDirichletAllocationOptions, type LatentDirichletAllocationFitted } from './decomposition/latent-dirichlet-allocation.ts';
export type { Factors, NmfInit } from './decomposition/initial-factors.ts';
export { GaussianRandomProjection, type GaussianRandomProjectionFitted } from './decomposition/gaussian-random-projection.ts';
export { SparseRandomProjection, type SparseRandomProjectionOptions, type SparseRandomProjectionFitted } from './decomposition/sparse-random-projection.ts';
export type { RandomProjectionOptions, RandomProjectionFitted } from './decomposition/random-projection.ts';
export { FastICA, type FastIcaOptions, type FastIcaFitted } from './decomposition/fast-ica.ts';
export type { ContrastName } from './decomposition/contrast.ts';
export type { WhitenSolver } from './decomposition/whiten.ts';
export { FactorAnalysis, type FactorAnalysisOptions, type FactorAnalysisFitted } from './decomposition/factor-analysis.ts';
export type { Rotation } from './decomposition/rotate-factors.ts';
export { KernelPCA, type KernelPcaOptions, type KernelPcaFitted } from './decomposition/kernel-pca.ts';
export type { KernelEigenSolver } from './decomposition/kernel-eigen.ts';
export { Nystroem, type NystroemOptions, type NystroemFitted } from './decomposition/nystroem.ts';
export { RBFSampler, type RbfSamplerOptions, type RbfSamplerFitted } from './decomposition/rbf-sampler.ts';
export { johnsonLindenstraussMinDim } from './decomposition/johnson-lindenstrauss-min-dim.ts';
export type { PowerIterationNormalizer } from './matrix/randomized-svd.ts';

// Trees and forests
export { DecisionTreeClassifier, type DecisionTreeClassifierOptions, type FittedTree } from './tree/decision-tree-classifier.ts';
export { DecisionTreeRegressor, type DecisionTreeRegressorOptions } from './tree/decision-tree-regressor.ts';
export { RandomForestClassifier, type RandomForestClassifierOptions } from './tree/random-forest-classifier.ts';
export { RandomForestRegressor, type RandomForestRegressorOptions } from './tree/random-forest-regressor.ts';
export { ExtraTreesClassifier, type ExtraTreesClassifierOptions } from './tree/extra-trees-classifier.ts';
export { ExtraTreesRegressor, type ExtraTreesRegressorOptions } from './tree/extra-trees-regressor.ts';
export { ExtraTreeClassifier, type ExtraTreeClassifierOptions } from './tree/extra-tree-classifier.ts';
export { ExtraTreeRegressor, type ExtraTreeRegressorOptions } from './tree/extra-tree-regressor.ts';
export { RandomTreesEmbedding, type RandomTreesEmbeddingOptions, type RandomTreesEmbeddingFitted } from './tree/random-trees-embedding.ts';
export { ForestClassifier, type ForestClassifierOptions, type ForestClassifierFitted } from './tree/forest-classifier.ts';
export { ForestRegressor, type ForestRegressorOptions, type ForestRegressorFitted } from './tree/forest-regressor.ts';
export { exportText, type ExportTextOptions } from './tree/export-text.ts';
export type { TreeNodes, CategorySplits } from './tree/tree-nodes.ts';
export type { PruningPath } from './tree/prune-tree.ts';

// Clustering for features
export { KMeans, type KMeansOptions, type KMeansFitted } from './clustering/k-means.ts';
export { MiniBatchKMeans, type MiniBatchKMeansOptions, type MiniBatchKMeansFitted } from './clustering/mini-batch-k-means.ts';
export { DBSCAN, type DBSCANOptions, type DBSCANFitted } from './clustering/dbscan.ts';
export { Clusterer, type CentresFitted } from './clustering/clusterer.ts';
export type { CentresInit } from './clustering/starting-centres.ts';

// Outliers
export { IsolationForest, type IsolationForestOptions, type IsolationForestFitted } from './ensemble/isolation-forest.ts';

// Mixtures
export { GaussianMixture, type GaussianMixtureOptions, type GaussianMixtureFitted } from './mixture/gaussian-mixture.ts';
export { BayesianGaussianMixture, type BayesianGaussianMixtureOptions, type BayesianGaussianMixtureFitted, type WeightConcentrationPriorType } from './mixture/bayesian-gaussian-mixture.ts';
export { Mixture, type MixtureOptions, type MixtureFitted, type MixtureSample, type Components } from './mixture/mixture.ts';
export type { Covariances, CovarianceType } from './mixture/spread.ts';
export type { MixtureInit } from './mixture/starting-shares.ts';

// Calibration and thresholds
export { CalibratedClassifier, type CalibratedClassifierOptions, type CalibratedClassifierFitted, type CalibratedPart } from './calibration/calibrated-classifier.ts';
export type { Calibrators, CalibrationMethod } from './calibration/calibrators.ts';
export type { SigmoidCurve } from './calibration/sigmoid-fit.ts';
export type { MonotoneCurve } from './calibration/isotonic-fit.ts';
export { IsotonicRegression, type IsotonicRegressionOptions, type IsotonicRegressionFitted } from './calibration/isotonic-regression.ts';
export { ThresholdTuner, type ThresholdTunerOptions, type ThresholdTunerFitted } from './calibration/threshold-tuner.ts';
export { FixedThreshold, type FixedThresholdOptions } from './calibration/fixed-threshold.ts';
export { ThresholdedClassifier, type ThresholdFitted, type ResponseMethod } from './calibration/thresholded-classifier.ts';
export { WrappedClassifier, type ClassifierModel, type WrappedFitted } from './calibration/wrapped-classifier.ts';

// Ensembles
export { VotingClassifier, type VotingClassifierOptions, type VotingClassifierFitted } from './ensemble/voting-classifier.ts';
export { VotingRegressor, type VotingRegressorOptions, type VotingRegressorFitted } from './ensemble/voting-regressor.ts';
export { StackingClassifier, type StackingClassifierOptions, type StackingClassifierFitted } from './ensemble/stacking-classifier.ts';
export { StackingRegressor, type StackingRegressorOptions } from './ensemble/stacking-regressor.ts';
export { Stacking, type StackingOptions, type StackingFitted, type StackMethod } from './ensemble/stacking.ts';
export { BaggingClassifier, type BaggingClassifierFitted } from './ensemble/bagging-classifier.ts';
export { BaggingRegressor, type BaggingRegressorFitted } from './ensemble/bagging-regressor.ts';
export { Bagging, type BaggingOptions, type BaggingFitted } from './ensemble/bagging.ts';
export { AdaBoostClassifier, type AdaBoostClassifierFitted } from './ensemble/ada-boost-classifier.ts';
export { AdaBoostRegressor, type AdaBoostRegressorOptions } from './ensemble/ada-boost-regressor.ts';
export { Boosting, type BoostingOptions, type BoostingFitted } from './ensemble/boosting.ts';
export { SelfTrainingClassifier, type SelfTrainingClassifierOptions, type SelfTrainingClassifierFitted } from './ensemble/self-training-classifier.ts';
export { NamedEnsemble } from './ensemble/named-ensemble.ts';
export { MetaEstimator, type Member, type NamedMember, type NestedChanges } from './model-selection/meta-estimator.ts';

// Many classes and many targets
export { OneVsRestClassifier } from './multiclass/one-vs-rest-classifier.ts';
export { OneVsOneClassifier } from './multiclass/one-vs-one-classifier.ts';
export { OutputCodeClassifier, type OutputCodeOptions, type OutputCodeFitted } from './multiclass/output-code-classifier.ts';
export { OneModelPerTask, type OneModelOptions, type ManyModelsFitted } from './multiclass/one-model-per-task.ts';
export { MultiOutputClassifier, type MultiOutputClassifierFitted } from './multiclass/multi-output-classifier.ts';
export { MultiOutputRegressor } from './multiclass/multi-output-regressor.ts';
export { MultiOutput, type MultiOutputOptions, type MultiOutputFitted } from './multiclass/multi-output.ts';
export { ClassifierChain, type ClassifierChainOptions, type ClassifierChainFitted } from './multiclass/classifier-chain.ts';
export { RegressorChain } from './multiclass/regressor-chain.ts';
export { Chain, type ChainOptions, type ChainFitted } from './multiclass/chain.ts';
export type { OutputRows } from './multiclass/output-columns.ts';

// Classes of unequal size
export { RandomOverSampler } from './imbalance/random-over-sampler.ts';
export { RandomUnderSampler, type RandomUnderSamplerOptions } from './imbalance/random-under-sampler.ts';
export { SMOTE, type SMOTEOptions } from './imbalance/smote.ts';
export { ClassSampler, type ClassSamplerOptions, type ClassSamplerFitted } from './imbalance/class-sampler.ts';
export type { SamplingStrategy } from './imbalance/sampling-strategy.ts';

// Word and document vectors
export { Word2Vec, type Word2VecOptions, type Word2VecFitted } from './embedding/word2vec.ts';
export { WordVectors, type Analogy, type Neighbour } from './embedding/word-vectors.ts';
export { readWordVectors, type ReadWordVectorsOptions } from './embedding/read-word-vectors.ts';
export { DocumentVectors, type DocumentVectorsOptions, type DocumentVectorsFitted } from './embedding/document-vectors.ts';
export type { TextsOrTokens, TokenOptions } from './embedding/tokens.ts';

// Neural nets
export * as nn from './nn/index.ts';
export { NeuralClassifier, type NeuralClassifierOptions } from './nn/estimators/neural-classifier.ts';
export { NeuralRegressor, type NeuralRegressorOptions, type NeuralRegressorFitted } from './nn/estimators/neural-regressor.ts';
export type { NeuralOptions, NetShape } from './nn/estimators/neural-options.ts';
export type { NeuralFitted } from './nn/estimators/neural-fitted.ts';
export { SequenceVectorizer, type SequenceVectorizerOptions, type SequenceVectorizerFitted } from './nn/sequences/sequence-vectorizer.ts';

// Baselines
export { DummyClassifier, type DummyClassifierOptions, type DummyClassifierFitted } from './dummy/dummy-classifier.ts';
export { DummyRegressor, type DummyRegressorOptions, type DummyRegressorFitted } from './dummy/dummy-regressor.ts';

// Model selection
export { trainTestSplit, type TrainTestSplitOptions, type RowsLike, type TrainTestParts } from './model-selection/train-test-split.ts';
export { crossValidate, type Scoring, type ScoringNames, type CrossValidateOptions } from './model-selection/cross-validate.ts';
export { crossValPredict, type CrossValPredictOptions, type PredictedRows } from './model-selection/cross-val-predict.ts';
export { crossValScore } from './model-selection/cross-val-score.ts';
export { validationCurve, type ValidationCurve, type ValidationCurveOptions } from './model-selection/validation-curve.ts';
export { learningCurve, type LearningCurve, type LearningCurveOptions } from './model-selection/learning-curve.ts';
export { permutationTestScore, type PermutationTestScore, type PermutationTestScoreOptions } from './model-selection/permutation-test-score.ts';
export { pairedDifference, type PairedDifference, type PairedDifferenceOptions } from './model-selection/paired-difference.ts';
export { GridSearch, type GridSearchOptions } from './model-selection/grid-search.ts';
export { HalvingGridSearch, type HalvingGridSearchOptions } from './model-selection/halving-grid-search.ts';
export { HalvingRandomSearch, type HalvingRandomSearchOptions } from './model-selection/halving-random-search.ts';
export { Halving, type HalvingOptions } from './model-selection/halving.ts';
export { BayesianSearch, type BayesianSearchOptions } from './model-selection/bayesian-search.ts';
export { nestedCrossValidate, type NestedCrossValidation, type InnerChoice } from './model-selection/nested-cross-validate.ts';
export type { SearchEvent } from './model-selection/search-study.ts';
export { TreeParzen, type TreeParzenOptions } from './model-selection/tree-parzen.ts';
export { RandomizedSearch, type RandomizedSearchOptions } from './model-selection/randomized-search.ts';
export type { SearchableModel, SearchFitOptions, SearchFitted, SearchOptions } from './model-selection/search.ts';
export type { Candidate, CandidateScore } from './model-selection/search-results.ts';
export type { Choices, Params, SearchSpace, SearchSpaces } from './model-selection/search-space.ts';
export { parameterGrid } from './model-selection/parameter-grid.ts';
export { parameterSampler } from './model-selection/parameter-sampler.ts';
export { Distribution } from './model-selection/distribution.ts';
export { uniform, Uniform } from './model-selection/uniform.ts';
export { logUniform, LogUniform } from './model-selection/log-uniform.ts';
export { randint, Randint } from './model-selection/randint.ts';
export { CrossValidation, type FoldResult } from './model-selection/cross-validation.ts';
export type { Model, PredictionMethod } from './model-selection/model.ts';
export { checkCv, type Cv } from './model-selection/check-cv.ts';
export { checkClassSizes, smallClasses, type ClassSize } from './model-selection/class-sizes.ts';
export type { FoldOptions } from './model-selection/fold-splitter.ts';
export type { RepeatedOptions } from './model-selection/repeated-splitter.ts';
export type { ShuffleOptions } from './model-selection/shuffle-splitter.ts';
export type { Size } from './model-selection/shuffle-sizes.ts';
export { Splitter, type Split, type CrossValidator, type SplitData } from './model-selection/splitter.ts';
export { KFold } from './model-selection/k-fold.ts';
export { StratifiedKFold } from './model-selection/stratified-k-fold.ts';
export { GroupKFold } from './model-selection/group-k-fold.ts';
export { StratifiedGroupKFold } from './model-selection/stratified-group-k-fold.ts';
export { RepeatedKFold } from './model-selection/repeated-k-fold.ts';
export { RepeatedStratifiedKFold } from './model-selection/repeated-stratified-k-fold.ts';
export { ShuffleSplit } from './model-selection/shuffle-split.ts';
export { StratifiedShuffleSplit } from './model-selection/stratified-shuffle-split.ts';
export { GroupShuffleSplit } from './model-selection/group-shuffle-split.ts';
export { LeaveOneOut } from './model-selection/leave-one-out.ts';
export { LeavePOut, type LeavePOutOptions } from './model-selection/leave-p-out.ts';
export { LeaveOneGroupOut } from './model-selection/leave-one-group-out.ts';
export { LeavePGroupsOut, type LeavePGroupsOutOptions } from './model-selection/leave-p-groups-out.ts';
export { TimeSeriesSplit, type TimeSeriesSplitOptions } from './model-selection/time-series-split.ts';
export { PredefinedSplit, type PredefinedSplitOptions } from './model-selection/predefined-split.ts';

// Metrics: classification
export { accuracyScore, type AccuracyScoreOptions } from './metrics/accuracy-score.ts';
export { balancedAccuracyScore, type BalancedAccuracyScoreOptions } from './metrics/balanced-accuracy-score.ts';
export { precisionScore, type PrecisionScoreOptions } from './metrics/precision-score.ts';
export { recallScore, type RecallScoreOptions } from './metrics/recall-score.ts';
export { f1Score, type F1ScoreOptions } from './metrics/f1-score.ts';
export { fbetaScore, type FbetaScoreOptions } from './metrics/fbeta-score.ts';
export { jaccardScore, type JaccardScoreOptions } from './metrics/jaccard-score.ts';
export { precisionRecallFscoreSupport, type ClassScoreOptions, type PrecisionRecallFscoreSupportOptions, type ScoresByClass } from './metrics/precision-recall-fscore-support.ts';
export { confusionMatrix, type ConfusionMatrixOptions } from './metrics/confusion-matrix.ts';
export { classificationReport, type ClassificationReportOptions, type ReportScores, type ClassReport, type ClassificationReport } from './metrics/classification-report.ts';
export { rocCurve, type RocCurveOptions, type RocCurve } from './metrics/roc-curve.ts';
export { rocAucScore, type RocAucScoreOptions, type RocAucScore } from './metrics/roc-auc-score.ts';
export { auc } from './metrics/auc.ts';
export { precisionRecallCurve, type PrecisionRecallCurveOptions, type PrecisionRecallCurve } from './metrics/precision-recall-curve.ts';
export { averagePrecisionScore, type AveragePrecisionScoreOptions, type AveragePrecisionScore } from './metrics/average-precision-score.ts';
export { confusionMatrixAtThresholds, type ThresholdOptions, type ThresholdCounts } from './metrics/confusion-matrix-at-thresholds.ts';
export { calibrationCurve, type CalibrationCurveOptions, type CalibrationCurve } from './metrics/calibration-curve.ts';
export { logLoss, type LogLossOptions } from './metrics/log-loss.ts';
export { brierScoreLoss, type BrierScoreLossOptions } from './metrics/brier-score-loss.ts';
export { hingeLoss, type HingeLossOptions } from './metrics/hinge-loss.ts';
export { d2LogLossScore, type D2LogLossScoreOptions } from './metrics/d2-log-loss-score.ts';
export { d2BrierScore, type D2BrierScoreOptions } from './metrics/d2-brier-score.ts';
export { detCurve, type DetCurveOptions, type DetCurve } from './metrics/det-curve.ts';
export { matthewsCorrcoef, type MatthewsCorrcoefOptions } from './metrics/matthews-corrcoef.ts';
export { cohenKappaScore, type CohenKappaScoreOptions } from './metrics/cohen-kappa-score.ts';
export { classLikelihoodRatios, type ClassLikelihoodRatios, type ClassLikelihoodRatiosOptions } from './metrics/class-likelihood-ratios.ts';
export { topKAccuracyScore, type TopKAccuracyScoreOptions } from './metrics/top-k-accuracy-score.ts';
export { zeroOneLoss, type ZeroOneLossOptions } from './metrics/zero-one-loss.ts';
export { hammingLoss, type HammingLossOptions } from './metrics/hamming-loss.ts';
export { multilabelConfusionMatrix, type MultilabelConfusionMatrixOptions } from './metrics/multilabel-confusion-matrix.ts';
export { coverageError } from './metrics/coverage-error.ts';
export { labelRankingAveragePrecisionScore } from './metrics/label-ranking-average-precision-score.ts';
export { labelRankingLoss } from './metrics/label-ranking-loss.ts';
export { ndcgScore, type NdcgScoreOptions } from './metrics/ndcg-score.ts';
export { dcgScore, type DcgScoreOptions } from './metrics/dcg-score.ts';
export type { LabelRankingMetric, LabelRankingOptions } from './metrics/label-ranking.ts';

// Metrics: clusterings
export { adjustedRandScore } from './metrics/adjusted-rand-score.ts';
export { pairConfusionMatrix } from './metrics/pair-confusion-matrix.ts';
export { fowlkesMallowsScore } from './metrics/fowlkes-mallows-score.ts';
export { homogeneityScore } from './metrics/homogeneity-score.ts';
export { completenessScore } from './metrics/completeness-score.ts';
export { vMeasureScore } from './metrics/v-measure-score.ts';
export { homogeneityCompletenessVMeasure, type VMeasureOptions, type HomogeneityCompletenessVMeasure } from './metrics/homogeneity-completeness-v-measure.ts';
export { mutualInfoScore } from './metrics/mutual-info-score.ts';
export { normalizedMutualInfoScore, type MutualInfoOptions } from './metrics/normalized-mutual-info-score.ts';
export { adjustedMutualInfoScore } from './metrics/adjusted-mutual-info-score.ts';
export type { AverageMethod } from './metrics/mutual-information.ts';
export { silhouetteScore, type SilhouetteScoreOptions } from './metrics/silhouette-score.ts';
export { silhouetteSamples, type SilhouetteSamplesOptions, type SilhouetteMetric } from './metrics/silhouette-samples.ts';
export { calinskiHarabaszScore } from './metrics/calinski-harabasz-score.ts';
export { daviesBouldinScore } from './metrics/davies-bouldin-score.ts';

// Metrics: regression
export { meanSquaredError } from './metrics/mean-squared-error.ts';
export { rootMeanSquaredError } from './metrics/root-mean-squared-error.ts';
export { meanSquaredLogError } from './metrics/mean-squared-log-error.ts';
export { rootMeanSquaredLogError } from './metrics/root-mean-squared-log-error.ts';
export { meanAbsoluteError } from './metrics/mean-absolute-error.ts';
export { meanAbsolutePercentageError } from './metrics/mean-absolute-percentage-error.ts';
export { medianAbsoluteError } from './metrics/median-absolute-error.ts';
export { maxError } from './metrics/max-error.ts';
export { r2Score, type ExplainedOptions } from './metrics/r2-score.ts';
export { explainedVarianceScore } from './metrics/explained-variance-score.ts';
export { meanPinballLoss, type PinballOptions } from './metrics/mean-pinball-loss.ts';
export { meanTweedieDeviance, type TweedieOptions } from './metrics/mean-tweedie-deviance.ts';
export { meanPoissonDeviance } from './metrics/mean-poisson-deviance.ts';
export { meanGammaDeviance } from './metrics/mean-gamma-deviance.ts';
export { d2TweedieScore } from './metrics/d2-tweedie-score.ts';
export { d2PinballScore } from './metrics/d2-pinball-score.ts';
export { d2AbsoluteErrorScore } from './metrics/d2-absolute-error-score.ts';

// Scorers
export { defineMetric, type MetricNeeds, type MetricInfo, type Metric } from './metrics/metric.ts';
export { makeScorer, type Prediction, type ScoreOptions, type Scorer, type ScoringContext, type MakeScorerOptions } from './metrics/make-scorer.ts';
export { scorerNames, scorer, type ScorerName } from './metrics/scorer.ts';

// Charts and report
export { reportHtml } from './report/report-html.ts';
export type { ReportData } from './report/report-data.ts';
export { runCharts } from './report/run-charts.ts';
export { rocFigure, writeRocChart, type RocFigureOptions } from './report/write-roc-chart.ts';
export { historyFigure, writeHistoryChart, type HistoryFigureOptions } from './report/write-history-chart.ts';
export { treeFigure, type TreeFigureOptions } from './report/tree-figure.ts';
export { writeTreePicture } from './report/write-tree-picture.ts';
export { svgToPng, type PngOptions } from './report/svg-to-png.ts';

// Demos
export { Interface, type InterfaceOptions, type Inputs, type Outputs, type Values, type Results } from './serve/interface.ts';
export { TabbedInterface, type TabbedInterfaceOptions } from './serve/tabbed-interface.ts';
export * as inputs from './serve/inputs.ts';
export * as outputs from './serve/outputs.ts';
export { UserError } from './serve/user-error.ts';
export { serveExport } from './serve/serve-export.ts';
export type { CallContext, ProgressReport } from './serve/call-context.ts';
export type { LaunchOptions, RunningDemo } from './serve/launch.ts';
export type { Limits } from './serve/limits.ts';
export type { Auth } from './serve/logins.ts';
export type { InputComponent, InputOptions, OutputComponent, OutputOptions, Payload } from './serve/component.ts';
export type { UploadedFile } from './serve/uploaded-file.ts';

// Matrices
export { DenseMatrix } from './matrix/dense-matrix.ts';
export { CsrMatrix } from './matrix/csr-matrix.ts';
export { isMatrix, asMatrix, type Matrix, type MatrixLike } from './matrix/matrix.ts';
export { stackColumns } from './matrix/stack-columns.ts';

// For authors of estimators
export { Estimator, type EstimatorClass } from './core/estimator.ts';
export { Transformer } from './core/transformer.ts';
export { MatrixTransformer, type FeaturesSeen } from './base/matrix-transformer.ts';
export { CellsTransformer } from './base/cells-transformer.ts';
export { RowDropper, type RowsKept } from './base/row-dropper.ts';
export type { Resampler, TrainingRows } from './core/training-rows.ts';
export type { Cell, CellRows, Cells, CellsLike, ColumnsSeen } from './table/cells.ts';
export { LabelClassifier, type ClassesSeen, type Target } from './base/label-classifier.ts';
export { Classifier } from './base/classifier.ts';
export { Regressor } from './base/regressor.ts';
export * as rules from './core/rules.ts';
export type { Rule, Rules } from './core/rules.ts';
export type { FitOptions } from './core/fit-options.ts';
export type { Fold, Folds } from './core/folds.ts';
export type { Label, Labels } from './core/labels.ts';
export type { ClassWeight } from './core/class-weight.ts';
export { RandomState, type Seed, type GeneratorState, type ChoiceOptions } from './core/random-state.ts';
export { RefitError, OptionError, ShapeError, DataError, NotFittedError, ParseError, SubmissionError, CompetitionError, WorkerError, ModelError } from './core/errors.ts';
