/** Neural nets: `nn` in the public surface, one line per file, grouped by area. */

// Tensors and parameters
export { Parameter, StateBuffer, Tensor } from './tensor.ts';
export type { Shape } from './shape.ts';
export { manualSeed, withSeed } from './weight-generator.ts';
export * as init from './init.ts';

// Modules
export { Module, type StateDict } from './modules/module.ts';
export { Sequential } from './modules/sequential.ts';
export { ModuleList } from './modules/module-list.ts';
export { Linear, type LinearOptions } from './modules/linear.ts';
export { Conv1d, Conv2d, type ConvolutionOptions } from './modules/convolution.ts';
export { AdaptiveAvgPool1d, AdaptiveAvgPool2d, AvgPool1d, AvgPool2d, MaxPool1d, MaxPool2d, type PoolingOptions } from './modules/pooling.ts';
export { ConvTranspose1d, ConvTranspose2d, type TransposedConvolutionOptions } from './modules/transposed-convolution.ts';
export { BatchNorm1d, BatchNorm2d, type BatchNormOptions } from './modules/batch-norm.ts';
export { GroupNorm, type GroupNormOptions } from './modules/group-norm.ts';
export { LayerNorm, type LayerNormOptions } from './modules/layer-norm.ts';
export { Embedding, EmbeddingBag, type EmbeddingOptions } from './modules/embedding.ts';
export { GRU, LSTM, RNN, type RecurrentOptions, type RNNOptions } from './modules/recurrent.ts';
export { MultiheadAttention, type MultiheadAttentionOptions } from './modules/multihead-attention.ts';
export { TransformerEncoderLayer, type TransformerEncoderLayerOptions } from './modules/transformer-encoder-layer.ts';
export { Flatten } from './modules/flatten.ts';
export { Unflatten } from './modules/unflatten.ts';
export { Dropout, Dropout1d, Dropout2d } from './modules/dropout.ts';
export { ELU, GELU, Hardsigmoid, Hardswish, Hardtanh, LeakyReLU, LogSigmoid, LogSoftmax, Mish, ReLU, SELU, Sigmoid, SiLU, Softmax, Softplus, Tanh } from './modules/activations.ts';
export { PReLU, type PReLUOptions } from './modules/prelu.ts';

// Operators
export { add, div, equal, greater, less, maximum, minimum, mul, neg, pow, sub } from './operators/arithmetic.ts';
export { abs, clamp, elu, exp, gelu, hardsigmoid, hardswish, leakyRelu, log, logSigmoid, mish, relu, selu, sigmoid, silu, softplus, sqrt, tanh } from './operators/functions.ts';
export { linear, matmul } from './operators/linear.ts';
export { cat, permute, select, slice, split, stack, toInt, transpose } from './operators/rearrange.ts';
export { flatten, reshape, squeeze, unsqueeze } from './operators/reshape.ts';
export { logSoftmax, softmax } from './operators/softmax.ts';
export { mean, sum } from './operators/sum-and-expand.ts';

// Losses
export type { Loss } from './losses/loss.ts';
export { bceWithLogits, huber, l1, mse, smoothL1, type BceWithLogitsOptions } from './losses/regression-losses.ts';
export { crossEntropy, type CrossEntropyOptions } from './losses/cross-entropy.ts';

// Optimisers
export { Optimizer } from './optimizers/optimizer.ts';
export { SGD, type SGDOptions } from './optimizers/sgd.ts';
export { Adam, AdamW, type AdamOptions } from './optimizers/adam.ts';
export { RMSprop, type RMSpropOptions } from './optimizers/rmsprop.ts';

// Compiling and running
export { compileTrainStep, TrainStep, type StepOptions } from './compile-train-step.ts';
export type { CompileTrainStepOptions } from './trace-train-step.ts';
export type { OptimizerState } from './runtime/optimizer-memory.ts';
export type { StepResult } from './runtime/step-engine.ts';
export { compileForward, CompiledForward, type CompileForwardOptions, type Output } from './compile-forward.ts';
export type { InputSpec, InputSpecs, Net } from './trace-net.ts';
export type { Batch } from './runtime/feed-batch.ts';
export { summary } from './summary.ts';
export { loadWeights, saveWeights } from './weights-file.ts';
export { exportOnnx, type ExportOnnxOptions } from './export-onnx.ts';
export { loadOnnx, OnnxNet, type LoadOnnxOptions } from './load-onnx.ts';

// Data
export type { Dataset, IterableDataset, Sample, SampleValue } from './data/dataset.ts';
export { ArrayDataset, type SampleArray } from './data/array-dataset.ts';
export { TableDataset, type TableDatasetOptions } from './data/table-dataset.ts';
export { ImageFolder } from './data/image-folder.ts';
export { AnnotatedImages, type AnnotatedImagesOptions } from './data/annotated-images.ts';
export { ImageDataset, type ImageDatasetOptions, type ImageTransform } from './data/image-dataset.ts';
export { MappedDataset } from './data/mapped-dataset.ts';
export { MixupDataset, type MixupDatasetOptions } from './data/mixup-dataset.ts';
export { randomSplit, Subset } from './data/subset.ts';
export { DataLoader, type DataLoaderOptions } from './data/data-loader.ts';
export { transforms } from './data/transforms/transforms.ts';
export type { Transform } from './data/transforms/compose.ts';
export type { ImageTensor } from './data/transforms/to-tensor.ts';
export type { Image } from './data/image.ts';
export type { NdArray } from './data/nd-array.ts';
export { decodeImage, readImage, type DecodeImageOptions } from './data/decode-image.ts';
export { readIdx, type IdxArray, type IdxValues } from './data/read-idx.ts';
export { padSequences, type PadSequencesOptions } from './sequences/pad-sequences.ts';

// Learning rates
export { Schedule, type ScheduleOptions } from './schedules/schedule.ts';
export { StepLR, type StepLROptions } from './schedules/step-lr.ts';
export { ExponentialLR, type ExponentialLROptions } from './schedules/exponential-lr.ts';
export { CosineAnnealingLR, type CosineAnnealingLROptions } from './schedules/cosine-annealing-lr.ts';
export { CosineAnnealingWarmRestarts, type CosineAnnealingWarmRestartsOptions } from './schedules/cosine-annealing-warm-restarts.ts';
export { MultiStepLR, type MultiStepLROptions } from './schedules/multi-step-lr.ts';
export { OneCycleLR, type OneCycleLROptions } from './schedules/one-cycle-lr.ts';
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from './schedules/reduce-lr-on-plateau.ts';
export { LinearLR, type LinearLROptions } from './schedules/linear-lr.ts';
export { SequentialLR, type SequentialLROptions } from './schedules/sequential-lr.ts';

// Training
export { fit } from './training/fit.ts';
export type { DataSource, FitOptions } from './training/fit-options.ts';
export type { EpochRecord, History } from './training/history.ts';
export { EarlyStopping, type EarlyStoppingOptions } from './training/early-stopping.ts';
export { accuracy, rootMeanSquaredError, type Predictions, type TrainingMetric } from './training/metrics.ts';
export { readCheckpoint, saveCheckpoint, type Checkpoint } from './training/checkpoint.ts';
