import type { AssetView } from '../../../../src/live/protocol';
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

export interface NearestResult {
  readonly asset: AssetView;
  readonly unit: { readonly id: string; readonly name: Named; readonly number: string | null } | null;
  readonly level: { readonly id: string; readonly name: string; readonly ordinal: number } | null;
  /** To walk. */
  readonly metres: number;
  readonly seconds: number;
  readonly route: { readonly features: readonly RouteLeg[] };
}

export interface NearestReply {
  readonly now: number;
  readonly from: { readonly levelId: string; readonly x: number; readonly y: number; readonly unitId: string | null };
  readonly results: readonly NearestResult[];
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
