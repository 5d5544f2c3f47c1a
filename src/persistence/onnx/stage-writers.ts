import { BernoulliNB } from '../../bayes/bernoulli-nb.ts';
import { ComplementNB } from '../../bayes/complement-nb.ts';
import { GaussianNB } from '../../bayes/gaussian-nb.ts';
import { MultinomialNB } from '../../bayes/multinomial-nb.ts';
import { GradientBoostingClassifier } from '../../boosting/gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from '../../boosting/gradient-boosting-regressor.ts';
import { HistGradientBoostingClassifier } from '../../boosting/hist-gradient-boosting-classifier.ts';
import { HistGradientBoostingRegressor } from '../../boosting/hist-gradient-boosting-regressor.ts';
import { CalibratedClassifier } from '../../calibration/calibrated-classifier.ts';
import { FixedThreshold } from '../../calibration/fixed-threshold.ts';
import { ThresholdTuner } from '../../calibration/threshold-tuner.ts';
import { IncrementalPCA } from '../../decomposition/incremental-pca.ts';
import { PCA } from '../../decomposition/pca.ts';
import { TruncatedSVD } from '../../decomposition/truncated-svd.ts';
import { LinearDiscriminantAnalysis } from '../../discriminant/linear-discriminant-analysis.ts';
import { QuadraticDiscriminantAnalysis } from '../../discriminant/quadratic-discriminant-analysis.ts';
import { DummyClassifier } from '../../dummy/dummy-classifier.ts';
import { DummyRegressor } from '../../dummy/dummy-regressor.ts';
import { AdaBoostClassifier } from '../../ensemble/ada-boost-classifier.ts';
import { AdaBoostRegressor } from '../../ensemble/ada-boost-regressor.ts';
import { BaggingClassifier } from '../../ensemble/bagging-classifier.ts';
import { BaggingRegressor } from '../../ensemble/bagging-regressor.ts';
import { StackingClassifier } from '../../ensemble/stacking-classifier.ts';
import { StackingRegressor } from '../../ensemble/stacking-regressor.ts';
import { VotingClassifier } from '../../ensemble/voting-classifier.ts';
import { VotingRegressor } from '../../ensemble/voting-regressor.ts';
import { FeatureSelector, type ColumnsKept } from '../../feature-selection/feature-selector.ts';
import { ClassSampler } from '../../imbalance/class-sampler.ts';
import { SimpleImputer } from '../../impute/simple-imputer.ts';
import { GeneralizedLinearModel } from '../../linear/generalized-linear-model.ts';
import { LinearClassifier } from '../../linear/linear-classifier.ts';
import { LinearRegressor } from '../../linear/linear-regressor.ts';
import { LogisticModel } from '../../linear/logistic-model.ts';
import { SGDClassifier } from '../../linear/sgd-classifier.ts';
import { TweedieRegressor } from '../../linear/tweedie-regressor.ts';
import { Search } from '../../model-selection/search.ts';
import { OneVsRestClassifier } from '../../multiclass/one-vs-rest-classifier.ts';
import { NeuralClassifier } from '../../nn/estimators/neural-classifier.ts';
import { NeuralRegressor } from '../../nn/estimators/neural-regressor.ts';
import { ColumnTransformer } from '../../pipeline/column-transformer.ts';
import { FeatureUnion } from '../../pipeline/feature-union.ts';
import { Pipeline } from '../../pipeline/pipeline.ts';
import { TransformedTarget } from '../../pipeline/transformed-target.ts';
import { Binarizer } from '../../preprocessing/binarizer.ts';
import { FrequencyEncoder } from '../../preprocessing/frequency-encoder.ts';
import { KBinsDiscretizer } from '../../preprocessing/k-bins-discretizer.ts';
import { MaxAbsScaler } from '../../preprocessing/max-abs-scaler.ts';
import { MinMaxScaler } from '../../preprocessing/min-max-scaler.ts';
import { Normalizer } from '../../preprocessing/normalizer.ts';
import { OneHotEncoder } from '../../preprocessing/one-hot-encoder.ts';
import { OrdinalEncoder } from '../../preprocessing/ordinal-encoder.ts';
import { OutlierClipper } from '../../preprocessing/outlier-clipper.ts';
import { OutlierDropper } from '../../preprocessing/outlier-dropper.ts';
import { PolynomialFeatures } from '../../preprocessing/polynomial-features.ts';
import { PowerTransformer } from '../../preprocessing/power-transformer.ts';
import { RobustScaler } from '../../preprocessing/robust-scaler.ts';
import { RowFilter } from '../../preprocessing/row-filter.ts';
import { StandardScaler } from '../../preprocessing/standard-scaler.ts';
import { TargetEncoder } from '../../preprocessing/target-encoder.ts';
import { LinearSVC } from '../../svm/linear-svc.ts';
import { LinearSVR } from '../../svm/linear-svr.ts';
import { CountVectorizer } from '../../text/count-vectorizer.ts';
import { TfidfTransformer } from '../../text/tfidf-transformer.ts';
import { TfidfVectorizer } from '../../text/tfidf-vectorizer.ts';
import { DecisionTreeClassifier } from '../../tree/decision-tree-classifier.ts';
import { DecisionTreeRegressor } from '../../tree/decision-tree-regressor.ts';
import { ForestClassifier } from '../../tree/forest-classifier.ts';
import { ForestRegressor } from '../../tree/forest-regressor.ts';
import { ImportedTrees } from '../import/imported-trees.ts';
import { writeBernoulliNB, writeComplementNB, writeGaussianNB, writeMultinomialNB } from './write-bayes.ts';
import { writeBoostingClassifier, writeBoostingRegressor, writeStagesClassifier, writeStagesRegressor } from './write-boosting.ts';
import { writeCalibratedClassifier } from './write-calibrated.ts';
import {
  writeColumnTransformer,
  writeDummyClassifier,
  writeDummyRegressor,
  writeFeatureUnion,
  writePipeline,
  writeSearch,
  writeThreshold,
  writeTransformedTarget,
} from './write-composites.ts';
import { writeLinearDiscriminant, writeQuadraticDiscriminant } from './write-discriminant.ts';
import { writeFrequencyEncoder, writeOneHotEncoder, writeOrdinalEncoder, writeSimpleImputer, writeTargetEncoder } from './write-encoders.ts';
import {
  writeAdaBoostClassifier,
  writeAdaBoostRegressor,
  writeBaggingClassifier,
  writeBaggingRegressor,
  writeOneVsRest,
  writeStacking,
  writeVotingClassifier,
  writeVotingRegressor,
} from './write-ensembles.ts';
import { writeImportedTrees } from './write-imported-trees.ts';
import { writeLinearClassifier, writeLinearRegressor, writeLogisticRegression, writeLogLinkRegressor, writeProjection, writeSgdClassifier } from './write-linear.ts';
import { writeNeuralClassifier, writeNeuralRegressor } from './write-net.ts';
import {
  writeBinarizer,
  writeKBinsDiscretizer,
  writeMaxAbsScaler,
  writeMinMaxScaler,
  writeNormalizer,
  writeOutlierClipper,
  writePolynomialFeatures,
  writePowerTransformer,
  writeRobustScaler,
  writeStandardScaler,
} from './write-scalers.ts';
import type { StageWriter } from './stage-writer.ts';
import { writeForest, writeTree } from './write-trees.ts';
import { writeCountVectorizer, writeTfidf, writeTfidfVectorizer } from './write-vectorizer.ts';

const writePca: StageWriter = (w, { fitted, options }: PCA | IncrementalPCA, X) => {
  const scale = options.whiten ? fitted.explainedVariance.map((v) => Math.max(Math.sqrt(v), Number.EPSILON)) : null;
  return writeProjection(w, X, fitted.components, fitted.mean, scale);
};
const writeTruncatedSvd: StageWriter = (w, { fitted }: TruncatedSVD, X) => writeProjection(w, X, fitted.components, null, null);
const writeTfidfTransformer: StageWriter = (w, { options, fitted }: TfidfTransformer, X) => writeTfidf(w, options, fitted.idf, w.matrixOf(X));
const writeSelector: StageWriter = (w, { fitted }: { fitted: ColumnsKept }, X) => w.matrix(w.columns(w.matrixOf(X).name, fitted.columns), fitted.columns.length);
/** What only changes the rows that later stages learn from. */
export const passOn: StageWriter = (_w, _stage, X) => X;
const writeTweedie: StageWriter = (w, stage: TweedieRegressor, X) => {
  const { link, power } = stage.options;
  return link === 'identity' || (link === 'auto' && power <= 0) ? writeLinearRegressor(w, stage, X) : writeLogLinkRegressor(w, stage, X);
};

/** What writes a stage; undefined where nothing does. */
export const writerOf = (stage: object): StageWriter | undefined => STAGE_WRITERS.find(([Class]) => stage instanceof Class)?.[1];

/** Classes with what writes their stages; the first that a stage is an instance of counts. */
const STAGE_WRITERS: readonly (readonly [Class: abstract new (...options: any[]) => object, writer: StageWriter])[] = [
  [Pipeline, writePipeline],
  [FeatureUnion, writeFeatureUnion],
  [ColumnTransformer, writeColumnTransformer],
  [TransformedTarget, writeTransformedTarget],
  [Search, writeSearch],
  [CountVectorizer, writeCountVectorizer],
  [TfidfVectorizer, writeTfidfVectorizer],
  [TfidfTransformer, writeTfidfTransformer],
  [StandardScaler, writeStandardScaler],
  [MinMaxScaler, writeMinMaxScaler],
  [MaxAbsScaler, writeMaxAbsScaler],
  [RobustScaler, writeRobustScaler],
  [Normalizer, writeNormalizer],
  [Binarizer, writeBinarizer],
  [KBinsDiscretizer, writeKBinsDiscretizer],
  [PolynomialFeatures, writePolynomialFeatures],
  [PowerTransformer, writePowerTransformer],
  [OutlierClipper, writeOutlierClipper],
  [OutlierDropper, passOn],
  [RowFilter, passOn],
  [ClassSampler, passOn],
  [SimpleImputer, writeSimpleImputer],
  [OneHotEncoder, writeOneHotEncoder],
  [OrdinalEncoder, writeOrdinalEncoder],
  [FrequencyEncoder, writeFrequencyEncoder],
  [TargetEncoder, writeTargetEncoder],
  [FeatureSelector, writeSelector],
  [PCA, writePca],
  [IncrementalPCA, writePca],
  [TruncatedSVD, writeTruncatedSvd],
  [LogisticModel, writeLogisticRegression],
  [SGDClassifier, writeSgdClassifier],
  [LinearClassifier, writeLinearClassifier],
  [LinearSVC, writeLinearClassifier],
  [TweedieRegressor, writeTweedie],
  [GeneralizedLinearModel, writeLogLinkRegressor],
  [LinearRegressor, writeLinearRegressor],
  [LinearSVR, writeLinearRegressor],
  [MultinomialNB, writeMultinomialNB],
  [ComplementNB, writeComplementNB],
  [BernoulliNB, writeBernoulliNB],
  [GaussianNB, writeGaussianNB],
  [LinearDiscriminantAnalysis, writeLinearDiscriminant],
  [QuadraticDiscriminantAnalysis, writeQuadraticDiscriminant],
  [DummyClassifier, writeDummyClassifier],
  [DummyRegressor, writeDummyRegressor],
  [DecisionTreeClassifier, writeTree],
  [DecisionTreeRegressor, writeTree],
  [ForestClassifier, writeForest],
  [ForestRegressor, writeForest],
  [GradientBoostingClassifier, writeStagesClassifier],
  [GradientBoostingRegressor, writeStagesRegressor],
  [HistGradientBoostingClassifier, writeBoostingClassifier],
  [HistGradientBoostingRegressor, writeBoostingRegressor],
  [ImportedTrees, writeImportedTrees],
  [VotingClassifier, writeVotingClassifier],
  [VotingRegressor, writeVotingRegressor],
  [StackingClassifier, writeStacking],
  [StackingRegressor, writeStacking],
  [BaggingClassifier, writeBaggingClassifier],
  [BaggingRegressor, writeBaggingRegressor],
  [AdaBoostClassifier, writeAdaBoostClassifier],
  [AdaBoostRegressor, writeAdaBoostRegressor],
  [OneVsRestClassifier, writeOneVsRest],
  [NeuralClassifier, writeNeuralClassifier],
  [NeuralRegressor, writeNeuralRegressor],
  [CalibratedClassifier, writeCalibratedClassifier],
  [ThresholdTuner, writeThreshold],
  [FixedThreshold, writeThreshold],
];
