import type { AssetView, WorklistItem } from '../../../../src/live/protocol';
import type { Correction } from '../say/correction';
import { thisTablet } from '../tablet';
import type {
  AppConfig,
  AssetList,
  Companion,
  Kind,
  LevelPlan,
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
    /** The problem document, when there is one. */
    readonly problem: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { signal: AbortSignal.timeout(patienceMs), ...init });
  } catch (error) {
    throw new ApiError(0, error instanceof Error ? error.message : String(error));
  }
  const body: unknown = response.headers.get('content-type')?.includes('json') ? await response.json() : null;
  if (response.headers.has('x-kept') && typeof body === 'object' && body !== null) kept.add(body);
  if (!response.ok) throw refusal(response, body);
  return body as T;
}

/** Whether the service was away and this is its last answer, kept on the device. */
export const isKept = (answer: object): boolean => kept.has(answer);
const kept = new WeakSet();

/** With the sentence of the RFC 9457 problem document. */
function refusal({ status, statusText }: Response, body: unknown): ApiError {
  const problem = typeof body === 'object' && body !== null ? { ...body } : {};
  const { detail, title }: { detail?: unknown; title?: unknown } = problem;
  const sentence = typeof detail === 'string' ? detail : typeof title === 'string' ? title : statusText;
  return new ApiError(status, sentence, problem);
}

const asJson = (method: 'POST' | 'PUT', body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const part = encodeURIComponent;

/** Who goes there: with what, and whether doors for staff open. */
export interface Walker {
  readonly companion: Companion;
  readonly staffDoors: boolean;
}

export const api = {
  config: () => ask<AppConfig>('/api/config'),
  site: (siteId: string) => ask<SiteHead>(`/api/sites/${part(siteId)}`),
  plan: (siteId: string, levelId: string) => ask<LevelPlan>(`/api/sites/${part(siteId)}/levels/${part(levelId)}`),
  kinds: async () => (await ask<{ kinds: readonly Kind[] }>('/api/kinds')).kinds,
  assets: () => ask<AssetList>('/api/assets'),
  asset: (id: string) => ask<AssetView>(`/api/assets/${part(id)}`),
  /** `from` is `unit:<id>` or `<levelId>,<x>,<y>`. */
  nearest: (kind: string, from: string, { companion, staffDoors }: Walker, shown: readonly string[]) => {
    const badge = staffDoors ? 'yes' : 'no';
    const params = new URLSearchParams({ kind, from, with: companion, badge, limit: '6', tablet: thisTablet() });
    if (shown.length > 0) params.set('shown', shown.join(','));
    return ask<NearestReply>(`/api/assets/nearest?${params.toString()}`);
  },
  trail: async (id: string, from: number) =>
    (await ask<{ fixes: readonly TrailPoint[] }>(`/api/assets/${part(id)}/trail?from=${from}`)).fixes,
  stays: async (id: string, from: number) =>
    (await ask<{ stays: readonly Stay[] }>(`/api/assets/${part(id)}/stays?from=${from}`)).stays,
  /** What was set by hand is forgotten: its place decides again. */
  forgetStatus: (id: string) => ask<AssetView>(`/api/assets/${part(id)}/status`, { method: 'DELETE' }),
  /** Holds it for ten minutes; asked again by the same tablet it is the same claim. */
  claim: (id: string, tablet: string) => ask<AssetView>(`/api/assets/${part(id)}/claim`, asJson('POST', { tablet })),
  release: (id: string, tablet: string) =>
    ask<AssetView>(`/api/assets/${part(id)}/claim?tablet=${part(tablet)}`, { method: 'DELETE' }),
  correct: async ({ assetId, ...said }: Correction) =>
    (await ask<{ asset: AssetView }>(`/api/assets/${part(assetId)}/corrections`, asJson('POST', said))).asset,
  takeBack: async ({ assetId, id }: Correction) =>
    (await ask<{ asset: AssetView }>(`/api/assets/${part(assetId)}/corrections/${part(id)}`, { method: 'DELETE' }))
      .asset,
  worklist: (section: string | null) =>
    ask<{ now: number; items: readonly WorklistItem[] }>(
      section === null ? '/api/worklist' : `/api/worklist?section=${part(section)}`,
    ),
};
