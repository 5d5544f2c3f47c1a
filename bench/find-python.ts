import { spawnSync } from 'node:child_process';

/** A Python that has the peer. */
export interface Python {
  command: string;
  /** Versions of Python and of the packages that matter, and the BLAS under numpy. */
  versions: Readonly<Record<string, string>>;
}

/** What is said where there is none. */
export interface NoPython {
  reason: string;
}

/** Which scikit-learn the figures are against. */
const SERIES = '1.9.';

const PROBE = `
import json, platform, sklearn, numpy, scipy, pandas, matplotlib
versions = {"Python": platform.python_version()}
versions.update({m.__name__.replace("sklearn", "scikit-learn"): m.__version__ for m in (sklearn, numpy, scipy, pandas, matplotlib)})
try:
    from threadpoolctl import threadpool_info
    versions.update({i["internal_api"]: f'{i["version"]} {i.get("architecture", "")}'.strip() for i in threadpool_info() if i["user_api"] == "blas"})
except ImportError:
    pass
print(json.dumps(versions))
`;

/** The versions that a Python prints, or why it cannot. */
type Probe = (command: string) => Record<string, string> | string;

const probePython = (environment: NodeJS.ProcessEnv): Probe => (command) => {
  const { error, status, stdout, stderr } = spawnSync(command, ['-c', PROBE], { encoding: 'utf8', env: environment });
  if (error !== undefined) return error.message;
  if (status !== 0) return stderr.trim().split('\n').at(-1) ?? `status ${status}`;
  return JSON.parse(stdout) as Record<string, string>;
};

/**
 * The Python that REFIT_BENCH_PYTHON names, else python3 or python, if it has scikit-learn 1.9, pandas and matplotlib.
 * @param probe for tests
 */
export function findPython(environment: NodeJS.ProcessEnv, probe: Probe = probePython(environment)): Python | NoPython {
  const named = environment.REFIT_BENCH_PYTHON;
  const tried: string[] = [];
  for (const command of named ? [named] : ['python3', 'python']) {
    const versions = probe(command);
    if (typeof versions === 'string') tried.push(`${command}: ${versions}`);
    else if (!versions['scikit-learn'].startsWith(SERIES)) tried.push(`${command}: has scikit-learn ${versions['scikit-learn']}`);
    else return { command, versions };
  }
  return {
    reason:
      `There is no Python with scikit-learn ${SERIES}x here (${tried.join('; ')}), so that our times stand alone. ` +
      `For both: pip install "scikit-learn==${SERIES}*" pandas matplotlib, then name that Python in REFIT_BENCH_PYTHON.`,
  };
}
