/** Times of single calls, in seconds. */
export interface CallTimes {
  /** By a monotonic clock. */
  wallSeconds: number[];
  /** User and system time of the whole process during the call. */
  cpuSeconds: number[];
}

/** One call to warm up, more until half a second has passed; then three calls or more, until these seconds are over. */
const WARM_UP_SECONDS = 0.5;
const LEAST_CALLS = 3;
const SECONDS = 2;
/** Calls so long that no more are made once this has passed. */
const MOST_SECONDS = 6;

/** Times a call: once as it comes (`cold`), or warmed up and several times. bench/peers/measured.py does the same. */
export async function timeCalls<R>(call: () => Promise<R>, cold: boolean): Promise<{ times: CallTimes; result: R }> {
  const times: CallTimes = { wallSeconds: [], cpuSeconds: [] };
  const once = async (kept: CallTimes | null): Promise<[R, number]> => {
    const cpu = process.cpuUsage();
    const start = process.hrtime.bigint();
    const result = await call();
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    const { user, system } = process.cpuUsage(cpu);
    kept?.wallSeconds.push(seconds);
    kept?.cpuSeconds.push((user + system) / 1e6);
    return [result, seconds];
  };
  if (!cold) {
    let warm = 0;
    while (warm < WARM_UP_SECONDS) warm += (await once(null))[1];
  }
  let passed = 0;
  for (;;) {
    const [result, seconds] = await once(times);
    passed += seconds;
    const calls = times.wallSeconds.length;
    if (cold || passed >= MOST_SECONDS || (calls >= LEAST_CALLS && passed >= SECONDS)) return { times, result };
  }
}
