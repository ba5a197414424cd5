import type { AssetView } from '../../../../src/live/protocol';
import { ask } from './client';

/** What is written of an asset. */
export interface AssetEntry {
  readonly name: string;
  readonly kind: string;
  readonly number: string | null;
  readonly serial: string | null;
  readonly tagIds: readonly string[];
  readonly ownerSectionId: string | null;
  readonly homeUnitId: string | null;
  readonly notes: string | null;
}

export interface RefusedRow {
  readonly row: number;
  readonly name: string;
  readonly reasons: readonly { readonly en: string; readonly fr: string }[];
}

export interface ImportReport {
  readonly rows: number;
  readonly create: number;
  readonly change: number;
  readonly unchanged: number;
  readonly refusedRows: number;
  readonly refused: readonly RefusedRow[];
  readonly encoding: string;
  readonly separator: string;
  readonly accented: readonly string[];
  readonly ignoredColumns: readonly string[];
}

export interface PairingWindow {
  readonly gatewayId: string;
  readonly until: number;
  readonly metres: number;
}

export interface CloseTag {
  readonly tagId: string;
  readonly known: boolean;
  readonly metres: number | null;
  readonly rssi: number | null;
}

export interface Closest {
  readonly now: number;
  readonly window: { readonly gatewayId: string; readonly until: number } | null;
  readonly tags: readonly CloseTag[];
  readonly isClear: boolean;
}

const part = encodeURIComponent;
/** A file of 50,000 rows takes its seconds. */
const fileMs = 120_000;

const json = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const file = (method: string, type: string, body: Blob): RequestInit => ({
  method,
  headers: { 'content-type': type },
  body,
  signal: AbortSignal.timeout(fileMs),
});

export const registryApi = {
  create: (entry: AssetEntry) => ask<AssetView>('/api/assets', json('POST', entry)),
  change: (id: string, change: Partial<AssetEntry>) => ask<AssetView>(`/api/assets/${part(id)}`, json('PATCH', change)),
  retire: (id: string) => ask<null>(`/api/assets/${part(id)}`, { method: 'DELETE' }),
  import: (csv: Blob, dryRun: boolean) =>
    ask<ImportReport>(`/api/assets/import?dryRun=${dryRun}`, file('POST', 'text/csv', csv)),
  exportAddress: (separator: 'comma' | 'semicolon') => `/api/assets/export?separator=${separator}`,
  photoAddress: (id: string, version: string) => `/api/assets/${part(id)}/photo?v=${version}`,
  setPhoto: (id: string, picture: Blob) =>
    ask<AssetView>(`/api/assets/${part(id)}/photo`, file('PUT', picture.type, picture)),
  removePhoto: (id: string) => ask<AssetView>(`/api/assets/${part(id)}/photo`, { method: 'DELETE' }),
  openWindow: (from: string) => ask<PairingWindow>('/api/pairing/window', json('POST', { from })),
  closeWindow: () => ask<null>('/api/pairing/window', { method: 'DELETE' }),
  closest: (from: string) => ask<Closest>(`/api/pairing/closest?from=${part(from)}`),
};
