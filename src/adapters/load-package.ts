import { RefitError } from '../core/errors.ts';

/** Packages that adapters load, with the versions they were tried with. */
const TRIED: Readonly<Record<string, string>> = {
  '@huggingface/transformers': '4.3.1',
  '@node-rs/jieba': '2.0.3',
  '@tensorflow/tfjs': '4.22.0',
  '@tensorflow/tfjs-node': '4.22.0',
  'apache-arrow': '21.2.0',
  arquero: '8.0.3',
  danfojs: '1.2.0',
  'danfojs-node': '1.2.0',
  'ml-cart': '2.1.1',
  'ml-knn': '3.0.0',
  'ml-logistic-regression': '2.0.0',
  'ml-matrix': '6.12.1',
  'ml-naivebayes': '4.0.0',
  'ml-random-forest': '2.1.0',
  natural: '8.1.1',
};

/**
 * The first of some packages that is installed beside Refit; its default export where that holds everything.
 * @param owner starts the error message
 * @throws RefitError saying what to install when none can be loaded
 */
export async function loadPackage<Module = any>(owner: string, ...names: readonly string[]): Promise<Module> {
  const reasons: string[] = [];
  for (const name of names) {
    try {
      return whole(await import(name)) as Module;
    } catch (error) {
      reasons.push((error as Error).message.split('\n')[0]);
    }
  }
  const [name] = names;
  throw new RefitError(
    `${owner}: ${names.join(' or ')} must be installed, it could not be loaded (${reasons[0]}). Run npm install ${name}${TRIED[name] === undefined ? '' : `@${TRIED[name]}`}.`,
  );
}

/** CommonJS packages arrive with all they export under `default`. */
function whole(module: Record<string, unknown>): unknown {
  const { default: inner, ...named } = module;
  const names = Object.keys(named).filter((name) => name !== '__esModule' && name !== 'module.exports');
  return inner !== null && typeof inner === 'object' && names.every((name) => name in inner) ? inner : module;
}
