import { useTypeScript } from '../loader/use-typescript.ts';
import type { Evaluation, Variant } from './evaluate-fold.ts';
import { HoistedRows } from './hoisted-rows.ts';
import { CannotTravel, fromMessage, Packer, toMessage, type Message } from './message.ts';
import { ownerOf, type Model } from './model.ts';

/** Where another thread can make a model that cannot be described by names and options: a module's default function. */
export interface ModelSource {
  /** The module's URL. */
  file: string;
  /** The function's argument. */
  context: unknown;
  /** Changes of options to make, or null. */
  changes: object | null;
}

/** What an evaluation works on before any stateless work. */
export interface RawRows {
  X: unknown;
  /** Further rows to predict; undefined for none. */
  also: unknown;
}

interface VariantBody extends Omit<Variant, 'model' | 'X' | 'also'> {
  model: Message | ModelSource;
  X: unknown;
  also: unknown;
  /** Whether the stateless work is still to be done: its result holds functions of this thread's model. */
  hoist: boolean;
}

interface EvaluationBody extends Omit<Evaluation, 'variants'> {
  variants: VariantBody[];
}

/**
 * An evaluation for other threads: models described, data in shared memory.
 * @param sources where to make the models that cannot be described; null where there is no such place
 * @throws CannotTravel
 */
export async function toEvaluationMessage(evaluation: Evaluation, raw: RawRows, sources: readonly (ModelSource | null)[]): Promise<Message> {
  const packer = new Packer();
  const variants: unknown[] = [];
  for (const [i, { model, X, also, ...rest }] of evaluation.variants.entries()) {
    const described = await describe(model, sources[i]);
    let rows = { X, also, hoist: false };
    try {
      packer.pack([X, also]);
    } catch (error) {
      if (sources[i] === null || !(error instanceof CannotTravel)) throw error;
      rows = { ...raw, hoist: true };
    }
    variants.push({ ...(packer.pack({ ...rest, ...rows }) as object), model: described });
  }
  return packer.message({ ...(packer.pack({ ...evaluation, variants: [] }) as object), variants });
}

async function describe(model: Model, source: ModelSource | null): Promise<Message | ModelSource> {
  try {
    return await toMessage(model);
  } catch (error) {
    if (!(error instanceof CannotTravel)) throw error;
    if (source === null) throw new CannotTravel(`${ownerOf(model)} cannot be described to another thread: ${error.message}`);
    // The changes must travel as they are.
    await toMessage(source.changes);
    return source;
  }
}

/** The evaluation of a message, in the thread that got it. */
export async function fromEvaluationMessage({ classes, body }: Message): Promise<Evaluation> {
  const { variants, ...rest } = body as EvaluationBody;
  const plain = (await fromMessage({ classes, body: { ...rest, variants: variants.map((variant) => ({ ...variant, model: null })) } })) as Omit<Evaluation, 'variants'> & {
    variants: (Omit<Variant, 'model'> & { hoist: boolean })[];
  };
  const hoisted = new Map<unknown, HoistedRows>();
  const made: Variant[] = [];
  for (const [i, { hoist, ...variant }] of plain.variants.entries()) {
    const model = await makeModel(variants[i].model);
    const rows = (X: unknown): unknown => {
      if (!hoist || X === undefined) return X;
      if (!hoisted.has(X)) hoisted.set(X, new HoistedRows(X));
      return (hoisted.get(X) as HoistedRows).for(model);
    };
    made.push({ ...variant, model, X: rows(variant.X), also: rows(variant.also) });
  }
  return { ...plain, variants: made };
}

let registered = false;

async function makeModel(from: Message | ModelSource): Promise<Model> {
  if ('body' in from) return (await fromMessage(from)) as Model;
  if (!registered) await useTypeScript(new URL('../loader/typescript-hooks.js', import.meta.url));
  registered = true;
  const { default: make } = (await import(from.file)) as { default: (context: unknown) => Model & { with(changes: object): Model } };
  const model = await make(from.context);
  return from.changes === null ? model : model.with(from.changes);
}
