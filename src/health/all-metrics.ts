import { AggregatorRegistry, register, type Registry } from 'prom-client';

/** Where the metrics of processes that work for this one come from. Whoever adds a source takes it away again. */
export const metricSources = new Set<() => Promise<readonly object[]>>();

export type Metrics = Pick<Registry, 'metrics' | 'getSingleMetric'>;

/** The metrics of this process and of those that work for it, added up. */
export async function allMetrics(): Promise<Metrics> {
  if (metricSources.size === 0) return register;
  const others = await Promise.all([...metricSources].map((source) => source()));
  return AggregatorRegistry.aggregate([await register.getMetricsAsJSON(), ...others]);
}
