import type { AssetView, AvailabilityStatus } from '../../../../src/live/protocol';
import type { Named } from '../i18n/language.svelte';

/** What the REST doors answer, as far as the app reads it. Metres of the level, epoch ms. */
export interface AppConfig {
  readonly siteId: string;
  readonly mapboxToken: string | null;
  readonly version: string;
}

/** Level metres → WGS84, affine: lng = lng0 + x·dLngDx + y·dLngDy, and lat likewise. */
export interface Frame {
  readonly lng0: number;
  readonly lat0: number;
  readonly dLngDx: number;
  readonly dLngDy: number;
  readonly dLatDx: number;
  readonly dLatDy: number;
}

export interface Bounds {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export interface LevelHead {
  readonly id: string;
  readonly name: string;
  /** The same in the languages the site gives it in; missing when it gives one. */
  readonly names?: Named | undefined;
  readonly ordinal: number;
  readonly bounds: Bounds;
}

export interface SectionHead {
  readonly id: string;
  readonly levelId: string;
  readonly name: Named;
  readonly short: string | null;
}

export interface UnitHead {
  readonly id: string;
  readonly levelId: string;
  readonly name: Named;
  readonly number: string | null;
  readonly category: string;
  readonly spaceType: string | null;
  readonly sectionId: string | null;
  readonly connector: string | null;
}

export interface SiteHead {
  readonly id: string;
  readonly name: string;
  readonly frame: Frame;
  readonly levels: readonly LevelHead[];
  readonly sections: readonly SectionHead[];
  /** Every unit, without its outline. */
  readonly units: readonly UnitHead[];
}

export type Position = readonly [x: number, y: number];
export type Ring = readonly Position[];

export interface PlanFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly properties: {
    readonly feature_type: string;
    readonly category?: string | null;
    readonly spaceType?: string | null;
    readonly sectionId?: string | null;
    readonly name?: Named | null;
    readonly number?: string | null;
    readonly connector?: string | null;
    readonly unitIds?: readonly string[];
    readonly unitId?: string | null;
  };
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
    | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
    | { readonly type: 'Point'; readonly coordinates: Position };
}

/** A level's plan in level metres. */
export interface LevelPlan {
  readonly type: 'FeatureCollection';
  readonly features: readonly PlanFeature[];
}

export interface Kind {
  readonly id: string;
  readonly name: Named;
  readonly synonyms: { readonly en: readonly string[]; readonly fr: readonly string[] };
  readonly icon: string;
}

export interface AssetList {
  readonly now: number;
  readonly assets: readonly AssetView[];
}

/** A stretch of a walk on one level, in level metres. */
export interface RouteLeg {
  readonly properties: {
    readonly levelId: string;
    readonly metres: number;
    /** The lift or stair that led to this level; null for the first stretch. */
    readonly by: { readonly connector: string; readonly category: string } | null;
  };
  readonly geometry: { readonly type: 'LineString'; readonly coordinates: readonly Position[] };
}

/** Why one that is nearer is not the answer. */
export type PassedOver = AvailabilityStatus | 'claimed' | 'silent' | 'stale' | 'place-unsure' | 'less-likely' | 'alone';

/** Why this is the answer, as data; each code has the fields it needs. */
export interface NearestReason {
  readonly code: 'soonest' | 'passed-over' | 'next' | 'stale' | 'place-unsure';
  readonly assetId?: string;
  readonly name?: string;
  readonly seconds?: number;
  readonly why?: PassedOver;
  readonly ageMs?: number;
  readonly chance?: number;
}

export interface UnitName {
  readonly id: string;
  readonly name: Named;
  readonly number: string | null;
}

export interface NearestResult {
  readonly asset: AssetView;
  readonly unit: UnitName | null;
  readonly level: { readonly id: string; readonly name: string; readonly ordinal: number } | null;
  /** To walk. */
  readonly metres: number;
  readonly seconds: number;
  readonly expected: {
    /** Until one can be used, this one tried first and the next if it fails. */
    readonly seconds: number;
    readonly walkSeconds: number;
    /** That it can be used where it is shown, 0 to 1. */
    readonly chance: number;
    readonly reasons: readonly NearestReason[];
  };
  /** The way as one line. */
  readonly text: { readonly en: string; readonly fr: string };
  readonly route: { readonly features: readonly RouteLeg[] };
}

/** One that cannot be taken now. */
export interface Waiting extends NearestResult {
  readonly wait: { readonly why: PassedOver; readonly seconds: number };
}

/** A section that has some, and the desk where to ask. */
export interface Colleague {
  readonly section: { readonly id: string; readonly name: Named; readonly short: string | null };
  readonly unit: UnitName;
  readonly level: { readonly id: string; readonly name: string };
  readonly seconds: number;
  readonly pieces: number;
}

/** What one has along: with wheels there are no stairs. */
export const companions = ['none', 'bed', 'wheelchair'] as const;
export type Companion = (typeof companions)[number];

export interface NearestReply {
  readonly now: number;
  readonly from: { readonly levelId: string; readonly x: number; readonly y: number; readonly unitId: string | null };
  readonly with: Companion;
  /** Least expected time first. */
  readonly results: readonly NearestResult[];
  /** When there are no results. */
  readonly soonest: readonly Waiting[];
  readonly ask: readonly Colleague[];
  readonly leftOut: {
    readonly unavailable: number;
    readonly claimed: number;
    readonly unplaced: number;
    readonly unreachable: number;
  };
}

export interface TrailPoint {
  readonly at: number;
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
}

export interface Stay {
  readonly unitId: string;
  readonly levelId: string;
  readonly enteredAt: number;
  /** Null while it lasts. */
  readonly leftAt: number | null;
}
