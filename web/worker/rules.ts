/** Answers that are shown, with their age, when the service cannot be reached. */
const keptAnswers = /^\/api\/(config|kinds|worklist|assets|assets\/nearest|sites\/[^/]+|sites\/[^/]+\/levels\/[^/]+)$/;
export const nearestPath = '/api/assets/nearest';
/** Questions for the nearest whose last answer is kept. */
export const mostNearest = 30;

export const isKeptAnswer = (path: string): boolean => keptAnswers.test(path);

/** The order of the answer shown before is no part of the question. */
export function keyOf(url: URL): string {
  const key = new URL(url);
  key.searchParams.delete('shown');
  return key.pathname + key.search;
}

/** Which file of the app answers; null when none does. Every screen is the one page. */
export function fileOf(path: string, isNavigation: boolean, files: readonly string[]): string | null {
  if (path.startsWith('/api/') || path.startsWith('/socket.io/')) return null;
  if (path.startsWith('/assets/') || files.includes(path)) return path;
  return isNavigation ? '/' : null;
}

/** Caches of versions nobody runs any more: all but this one and the one before. `names` in the order they were made. */
export function outlived(names: readonly string[], current: string): string[] {
  return names.filter((name) => name.startsWith('app-') && name !== current).slice(0, -1);
}
