/** Processor seconds of this process spent in `work`: what other programs take does not count. */
export function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Smallest of several runs: what disturbs a measurement only ever lengthens it. */
export function leastOf(runs: number, measure: () => number): number {
  let least = Infinity;
  for (let run = 0; run < runs; run++) least = Math.min(least, measure());
  return least;
}
