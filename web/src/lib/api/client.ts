import type { AssetView } from '../../../../src/live/protocol';
import type {
  AppConfig,
  AssetList,
  Kind,
  LevelPlan,
  ManualStatus,
  NearestReply,
  SiteHead,
  Stay,
  TrailPoint,
} from './types';

const patienceMs = 15_000;

/** The server said no, or said nothing. `status` is 0 when it could not be reached. */
export class ApiError extends Error {
  override name = 'ApiError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(patienceMs), ...init });
  } catch (error) {
    throw new ApiError(0, error instanceof Error ? error.message : String(error));
  }
  const body: unknown = response.headers.get('content-type')?.includes('json') ? await response.json() : null;
  if (!response.ok) throw new ApiError(response.status, problemDetail(body) ?? response.statusText);
  return body as T;
}

/** The sentence of an RFC 9457 problem document. */
function problemDetail(body: unknown): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const { detail, title } = body as { detail?: unknown; title?: unknown };
  return typeof detail === 'string' ? detail : typeof title === 'string' ? title : null;
}

const part = encodeURIComponent;

export const api = {
  config: () => ask<AppConfig>('/api/config'),
  site: (siteId: string) => ask<SiteHead>(`/api/sites/${part(siteId)}`),
  plan: (siteId: string, levelId: string) => ask<LevelPlan>(`/api/sites/${part(siteId)}/levels/${part(levelId)}`),
  kinds: async () => (await ask<{ kinds: readonly Kind[] }>('/api/kinds')).kinds,
  assets: () => ask<AssetList>('/api/assets'),
  asset: (id: string) => ask<AssetView>(`/api/assets/${part(id)}`),
  /** `from` is `unit:<id>` or `<levelId>,<x>,<y>`. */
  nearest: (kind: string, from: string, availability: 'free' | 'any' = 'free', limit = 6) =>
    ask<NearestReply>(
      `/api/assets/nearest?kind=${part(kind)}&from=${part(from)}&availability=${availability}&limit=${limit}`,
    ),
  trail: async (id: string, from: number) =>
    (await ask<{ fixes: readonly TrailPoint[] }>(`/api/assets/${part(id)}/trail?from=${from}`)).fixes,
  stays: async (id: string, from: number) =>
    (await ask<{ stays: readonly Stay[] }>(`/api/assets/${part(id)}/stays?from=${from}`)).stays,
  /** Null takes back what was said: its place decides again. */
  setStatus: (id: string, status: ManualStatus) =>
    ask<AssetView>(
      `/api/assets/${part(id)}/status`,
      status === null
        ? { method: 'DELETE' }
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ status }) },
    ),
};
