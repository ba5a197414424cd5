import type { EngineOptions, MapEngine } from './map-engine';

/**
 * The only place that chooses the library: `mapbox-gl` when a token is configured, `maplibre-gl` otherwise or when the
 * token is refused. Each is fetched only when chosen.
 */
export async function startEngine(
  token: string | null,
  options: EngineOptions,
  tokenRefused: () => void,
): Promise<MapEngine> {
  if (token !== null) {
    const { startMapbox } = await import('./engine-mapbox');
    const engine = await startMapbox(token, options);
    if (engine !== null) return engine;
    tokenRefused();
  }
  const { startMaplibre } = await import('./engine-maplibre');
  return startMaplibre(options);
}
