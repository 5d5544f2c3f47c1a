import { existsSync } from 'node:fs';
import { DataError, OptionError } from '../../core/errors.ts';
import type { DataLoader } from '../data/data-loader.ts';
import { isIterableDataset } from '../data/dataset.ts';
import type { Module, StateDict } from '../modules/module.ts';
import type { TrainStep } from '../compile-train-step.ts';
import type { Batch } from '../runtime/feed-batch.ts';
import type { StepResult } from '../runtime/step-engine.ts';
import { ThreadStep } from '../runtime/thread-step.ts';
import { batchSeed } from './batch-seed.ts';
import { readCheckpoint, saveCheckpoint } from './checkpoint.ts';
import { conformBatch } from './conform-batch.ts';
import { divergenceError, hasDiverged } from './divergence.ts';
import { EarlyStopping } from './early-stopping.ts';
import { type BegunStep, EpochSteps } from './epoch-steps.ts';
import type { CompleteFitOptions } from './fit-options.ts';
import type { EpochRecord, History } from './history.ts';
import { TrainingProgress } from './training-progress.ts';

type Validation = Pick<EpochRecord, 'validationLoss' | 'metrics'>;

/** A loss this many times that of the first batch has gone the wrong way. */
const RISEN = 10;

/** One training of one net: what `fit` does once all is compiled. */
export class Training {
  readonly #owner: string;
  readonly #model: Module;
  readonly #options: CompleteFitOptions;
  readonly #step: TrainStep | ThreadStep;
  readonly #seed: number;
  readonly #stopping: EarlyStopping;
  #epochs: EpochRecord[] = [];
  #best: StateDict | null = null;
  /** Batches done. */
  #steps = 0;
  #notes: string[] = [];
  /** What the data set has said of its arrays. */
  readonly #finite = new Map<string, boolean>();

  constructor(owner: string, model: Module, step: TrainStep | ThreadStep, options: CompleteFitOptions) {
    this.#owner = owner;
    this.#model = model;
    this.#options = options;
    this.#step = step;
    this.#seed = options.randomState ?? 0;
    this.#stopping = new EarlyStopping(options.earlyStopping ?? {});
  }

  /** @param validate what to do after each epoch */
  async run(loader: DataLoader, validate: () => Promise<Validation>): Promise<History> {
    const { epochs, earlyStopping, checkpoint, resume, progress, onEpoch } = this.#options;
    if (resume && checkpoint !== null && existsSync(checkpoint)) await this.#goOn(checkpoint);
    const shown = progress === false ? null : new TrainingProgress(epochs, this.#epochs.length, progress === true ? undefined : progress);
    const isOver = (): boolean => earlyStopping !== null && this.#stopping.isOver(this.#epochs);
    while (this.#epochs.length < epochs && !isOver()) {
      const trained = await this.#epoch(loader, shown);
      const record: EpochRecord = { epoch: this.#epochs.length + 1, ...trained, ...(await validate()) };
      this.#epochs.push(record);
      const keeps = earlyStopping !== null && this.#stopping.options.restoreBest;
      if (keeps && this.#stopping.bestEpoch(this.#epochs) === record.epoch) this.#best = this.#model.stateDict();
      if (checkpoint !== null) await this.#save(checkpoint);
      shown?.epoch(record);
      onEpoch?.(record);
    }
    if (earlyStopping !== null) this.#stopping.checkDefined(this.#epochs);
    if (this.#best !== null) this.#model.loadStateDict(this.#best);
    return { epochs: this.#epochs, bestEpoch: this.#stopping.bestEpoch(this.#epochs), stoppedEarly: this.#epochs.length < epochs, notes: this.#notes };
  }

  async #epoch(loader: DataLoader, shown: TrainingProgress | null): Promise<Pick<EpochRecord, 'loss' | 'learningRate' | 'gradNorm'>> {
    const { schedule, optimizer, signal } = this.#options;
    const done = this.#epochs.length;
    const losses = this.#epochs.map(({ loss, validationLoss }) => validationLoss ?? loss);
    const firstLoss = (): number | undefined => this.#epochs[0]?.loss ?? steps.firstLoss;
    const steps = new EpochSteps(
      (step, result) => this.#check(step, { ...result, firstLoss: firstLoss() as number }),
      ({ batch, rows }) => shown?.batch({ epoch: done + 1, batch, batches: loader.length, loss: steps.mean.value }, rows),
    );
    let learningRate: number = optimizer.options.lr;
    let batch = 0;
    const isFinite = (name: string): boolean => this.#isFinite(loader, name);
    const batches = loader.epoch(done, { reuse: true, shared: this.#step instanceof ThreadStep });
    let coming = batches.next();
    const askForNext = (): void => {
      coming = batches.next();
      coming.catch(() => {});
    };
    try {
      for (let loaded = await coming; !loaded.done; loaded = await coming) {
        signal?.throwIfAborted();
        batch++;
        if (done === 0 && batch === 1) this.#noteUnused(loaded.value);
        const { batch: values, rows } = conformBatch(this.#owner, loaded.value, this.#step.specs, `epoch ${done + 1}, batch ${batch}`, isFinite);
        learningRate = schedule?.rate(optimizer.options.lr, schedule.every === 'epoch' ? done : this.#steps, losses) ?? learningRate;
        const running = this.#step.run(values, { lr: learningRate, seed: batchSeed(this.#seed, this.#steps), firstLoss: firstLoss() || undefined });
        steps.add({ running, values, rows, batch, learningRate });
        this.#steps++;
        // A thread gets its next step while it makes one; the first is waited for, as the others are held against its loss.
        if (this.#step instanceof ThreadStep && steps.firstLoss !== undefined) {
          await steps.judgeAllBut(1);
          // Not before: the next but one is made in the memory of the batch that was judged.
          askForNext();
        } else {
          askForNext();
          await steps.judgeAllBut(0);
        }
      }
      await steps.judgeAllBut(0);
    } catch (error) {
      // What went wrong first is told: a step before the batch that was refused, not one after the step that failed.
      if (!steps.hasFailed) await steps.judgeAllBut(0);
      throw error;
    } finally {
      await batches.return(undefined);
      if (this.#step instanceof ThreadStep) await this.#step.settle();
    }
    const loss = steps.mean.value;
    if (Number.isNaN(loss)) throw new DataError(`${this.#owner}: the weights of samples must not all be 0, those of epoch ${done + 1} are. Give those that count a weight above 0.`);
    if (done === 0 && loss > RISEN * (steps.firstLoss as number)) this.#noteRise(steps.firstLoss as number, loss, learningRate);
    return { loss, learningRate, gradNorm: steps.gradNorm };
  }

  /** @throws DataError where a step has made the training diverge, naming what the batch has that no batch may have */
  #check({ values, batch, learningRate }: BegunStep, result: StepResult & { firstLoss: number }): void {
    if (!hasDiverged(result)) return;
    const epoch = this.#epochs.length + 1;
    // An array that was finite when it was asked may have been changed since.
    conformBatch(this.#owner, values, this.#step.specs, `epoch ${epoch}, batch ${batch}`);
    const clips = this.#options.clipGradNorm !== null || this.#options.clipGradValue !== null;
    throw divergenceError(this.#owner, { ...result, epoch, batch, learningRate, optimizer: this.#options.optimizer.constructor.name, clips, values });
  }

  /** Whether the data set says so of an array; it is asked once. */
  #isFinite({ dataset }: DataLoader, name: string): boolean {
    const known = this.#finite.get(name) ?? (!isIterableDataset(dataset) && (dataset.isFinite?.(name) ?? false));
    this.#finite.set(name, known);
    return known;
  }

  #noteUnused({ weight }: Batch): void {
    if (weight !== undefined && !this.#options.sampleWeight) this.#notes.push('Samples have a weight, which nothing is multiplied by. Set sampleWeight: true.');
  }

  #noteRise(first: number, mean: number, learningRate: number): void {
    this.#notes.push(
      `The loss rose in the first epoch, from ${first.toPrecision(3)} in its first batch to ${mean.toPrecision(3)} on average: the learning rate ${learningRate} is too high. Lower it, or scale inputs and target.`,
    );
  }

  async #save(path: string): Promise<void> {
    const { steps, slots } = this.#step.optimizerState();
    await saveCheckpoint(path, {
      model: this.#model.stateDict(),
      best: this.#best,
      optimizer: { name: this.#options.optimizer.constructor.name, steps, slots },
      epochs: this.#epochs,
      steps: this.#steps,
      notes: this.#notes,
      randomState: this.#seed,
    });
  }

  /** Takes over a checkpoint. @throws OptionError, ShapeError, DataError naming what differs from this training */
  async #goOn(path: string): Promise<void> {
    const { model, best, optimizer, epochs, steps, notes, randomState } = await readCheckpoint(path);
    const wanted = this.#options.optimizer.constructor.name;
    if (optimizer.name !== wanted) throw new OptionError(`${this.#owner}: ${path} holds a training with ${optimizer.name}, got optimizer ${wanted}. Go on with the same, or start anew with resume: false.`);
    if (randomState !== this.#seed) throw new OptionError(`${this.#owner}: ${path} holds a training with randomState ${randomState}, got ${this.#seed}. Go on with the same, or start anew with resume: false.`);
    this.#take(path, 'another net', () => this.#model.loadStateDict(model));
    this.#take(path, `a training with other options of ${wanted}`, () => this.#step.loadOptimizerState(optimizer));
    this.#best = best;
    this.#epochs = [...epochs];
    this.#steps = steps;
    this.#notes = [...notes];
  }

  /** Takes over a part of a checkpoint; what it throws says whose it is. */
  #take(path: string, what: string, load: () => void): void {
    try {
      load();
    } catch (error) {
      if (error instanceof Error) error.message = `${this.#owner}: ${path} holds ${what}. ${error.message}`;
      throw error;
    }
  }
}
