import type { EngineOptions, MapEngine } from './map-engine';

/**
 * The only place that chooses the library: `mapbox-gl` when a token is given, `maplibre-gl` otherwise. Each is fetched
 * only when chosen. `tokenRefused` is called once when Mapbox does not take the token, at once or later: the map is
 * then blank, and is to be started again without one.
 */
export async function startEngine(
  token: string | null,
  options: EngineOptions,
  tokenRefused: () => void,
): Promise<MapEngine> {
  if (token === null) {
    const { startMaplibre } = await import('./engine-maplibre');
    return startMaplibre(options);
  }
  const { startMapbox } = await import('./engine-mapbox');
  return startMapbox(token, options, tokenRefused);
}
