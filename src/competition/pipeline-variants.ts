import { uniqueLabels, type Label } from '../core/labels.ts';
import { scorer, type ScorerName } from '../metrics/scorer.ts';
import type { JudgedModel } from '../model-selection/evaluate-variants.ts';
import { judgedModel } from '../model-selection/judged-model.ts';
import { canPredict } from '../model-selection/model.ts';
import { gridPoint, gridSize } from '../model-selection/parameter-grid.ts';
import { parameterSampler } from '../model-selection/parameter-sampler.ts';
import { dimensionsOf, flatParams, hasDistributions, type Params } from '../model-selection/search-space.ts';
import type { CompetitionData } from './competition-data.ts';
import type { Competition } from './define-competition.ts';
import { inPipeline } from './in-pipeline.ts';
import type { LoadedPipeline, Model } from './load-competition.ts';

/** How many combinations are tried where a search space holds distributions. */
const DRAWN = 20;

/** A pipeline as it is cross-validated: itself, or each candidate of its search space. */
export interface PipelineVariants {
  name: string;
  models: JudgedModel[];
  /** What each candidate changes, by `step.option`; null where nothing is searched. */
  params: Record<string, unknown>[] | null;
}

/** @throws OptionError for a search space that the pipeline does not fit, with the pipeline's name in front. */
export async function pipelineVariants(
  name: string,
  { model, url, searchSpace }: LoadedPipeline,
  definition: Competition,
  data: CompetitionData,
  { seed, search }: { seed: number; search: boolean },
): Promise<PipelineVariants> {
  return inPipeline(name, async () => {
    const scoring = scorersFor(definition, data, model);
    const judge = (changes: Params | null): JudgedModel => {
      const changed = changes === null ? model : model.with(changes);
      return { ...judgedModel('crossValidate', changed, data.y, scoring, true), name, source: { file: url, context: { seed }, changes } };
    };
    if (!search || searchSpace === null) return { name, models: [judge(null)], params: null };
    const owner = 'searchSpace';
    const dimensions = dimensionsOf(owner, searchSpace);
    const candidates = hasDistributions(dimensions)
      ? parameterSampler(searchSpace, DRAWN, seed, owner)
      : dimensions.flatMap((one) => Array.from({ length: gridSize(one) }, (_, i) => gridPoint(one, i)));
    return { name, models: candidates.map(judge), params: candidates.map((changes) => flatParams(changes, dimensions)) };
  });
}

/** Share of rows below which a class is so rare that accuracy tells little. */
const RARE = 0.05;

/** Whether one of two classes is rare. */
function isRare(y: readonly Label[]): boolean {
  const ofFirst = y.reduce((count: number, label) => count + Number(label === y[0]), 0) / y.length;
  return Math.min(ofFirst, 1 - ofFirst) < RARE;
}

/** The competition's metric first, then those asked for or usual for the task, as far as the model can answer. */
function scorersFor({ metric, scoring }: Competition, { task, y }: CompetitionData, model: Model): ScorerName[] {
  const classes = task === 'classification' ? uniqueLabels('crossValidate', y).length : 0;
  const usual: ScorerName[] =
    task === 'regression'
      ? ['rootMeanSquaredError', 'meanAbsoluteError', 'r2']
      : classes === 2
        ? isRare(y)
          ? ['rocAuc', 'averagePrecision', 'f1', 'logLoss']
          : ['accuracy', 'rocAuc', 'f1', 'logLoss']
        : ['accuracy', 'f1Macro', 'rocAucOvr', 'logLoss'];
  const answerable = (name: ScorerName): boolean => {
    const { needs } = scorer(name);
    if (needs === 'probabilities') return canPredict(model, 'predictProba');
    return needs !== 'scores' || canPredict(model, 'predictProba') || canPredict(model, 'decisionFunction');
  };
  return [...new Set([metric, ...(scoring ?? usual.filter(answerable))])];
}
