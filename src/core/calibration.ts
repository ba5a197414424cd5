import type { GatewayId, LevelId } from './ids';

/** Log-distance path loss of one gateway: rssi(d) = rssi1m − 10 · exponent · log10(d). */
export interface GatewayRadio {
  readonly gatewayId: GatewayId;
  /** Expected RSSI at one metre, dBm. */
  readonly rssi1m: number;
  readonly exponent: number;
  /** Standard deviation of the residual, dB. */
  readonly sigma: number;
  /** Survey points used; 0 for a default. */
  readonly points: number;
  /** The same gateway where walls are counted apart; missing where a calibration was made without. */
  readonly through?: ThroughWalls | undefined;
}

/** Path loss with walls: rssi(d, walls) = rssi1m − 10 · exponent · log10(d) − wallDb · walls. */
export interface ThroughWalls {
  readonly rssi1m: number;
  readonly exponent: number;
  /** Loss of one partition, dB. */
  readonly wallDb: number;
  readonly sigma: number;
}

/** A fitted radio model of a site; what `calibrate` writes and tracking reads. */
export interface Calibration {
  readonly siteId: string;
  /** Epoch ms. */
  readonly fittedAt: number;
  readonly gateways: readonly GatewayRadio[];
  /** For gateways with no survey of their own. */
  readonly fallback: Omit<GatewayRadio, 'gatewayId'>;
  /** What the lines leave unexplained, by place: missing where a calibration was made without. */
  readonly residuals?: readonly ResidualPoint[] | undefined;
  /** What gateways hear, and what a slab costs: missing where a survey was too small to tell. */
  readonly hearing?: Hearing | undefined;
  readonly slab?: SlabLoss | undefined;
  /** What it rests on; missing: a survey. */
  readonly basis?: 'survey' | 'references' | undefined;
  /** How it was fitted anew while the service ran; missing where a person had it fitted. */
  readonly refit?: RefitRecord | undefined;
}

/** What a refit rested on and what it changed. */
export interface RefitRecord {
  /** When what it rests on was heard, epoch ms, and how many sightings that is. */
  readonly from: number;
  readonly until: number;
  readonly sightings: number;
  /** Mean absolute error over what was held out, dB: of the calibration in use before, and of this one. */
  readonly beforeDb: number;
  readonly afterDb: number;
  readonly gateways: readonly GatewayRefit[];
  readonly suspects: readonly Suspect[];
}

/** How one gateway fits: errors as in `RefitRecord`; `changeDb` is by how much more it is now taken to hear. */
export interface GatewayRefit {
  readonly gatewayId: GatewayId;
  /** Transmitters it was heard against. */
  readonly points: number;
  readonly beforeDb: number;
  readonly afterDb: number;
  readonly changeDb: number;
}

/** A gateway a person should go and look at. */
export type Suspect =
  | { readonly kind: 'deaf' | 'loud'; readonly gatewayId: GatewayId; readonly db: number }
  | {
      readonly kind: 'moved';
      readonly gatewayId: GatewayId;
      /** Where what it heard fits best, and how far that is from where it is said to hang, metres. */
      readonly x: number;
      readonly y: number;
      readonly metres: number;
    };

/** How often a gateway hears anything of a tag: a logistic curve over the level expected. */
export interface Hearing {
  /** Level expected, dBm, at which it hears half of the most, and how that blurs, dB. */
  readonly halfDbm: number;
  readonly blurDb: number;
  /** Chance that it hears a tag beside it: gateways die, and bodies stand before them. */
  readonly most: number;
}

/** Loss through one slab between levels and how it differs from slab to slab, dB. */
export interface SlabLoss {
  readonly db: number;
  readonly sigmaDb: number;
  /** What a wall on a way through it loses beside one on a way along a level; missing: as much. */
  readonly wallShare?: number | undefined;
}

/** By how much a gateway heard more than its line expects around a place of the survey. */
export interface ResidualPoint {
  readonly gatewayId: GatewayId;
  readonly levelId: LevelId;
  /** Metres. */
  readonly x: number;
  readonly y: number;
  /** Mean residual, dB. */
  readonly db: number;
  /** Rows it is the mean of; missing: one. */
  readonly count?: number | undefined;
  /** Times somebody came by while these rows were taken: rows of one visit err alike. Missing: one. */
  readonly visits?: number | undefined;
}

/** One place of a survey: what each gateway heard there. Metres and dBm. */
export interface SurveyPoint {
  readonly pointId: string;
  readonly levelId: string;
  readonly x: number;
  readonly y: number;
  /** Height above the floor, metres; missing: the site's tag height. */
  readonly z?: number | undefined;
  /** Who was heard where it is not the surveyor's tag: a transmitter of a strength of its own. */
  readonly transmitter?: { readonly id: string; readonly spreadDb: number } | undefined;
  readonly heard: readonly {
    readonly gatewayId: GatewayId;
    readonly rssi: number;
    readonly sd?: number;
    readonly count?: number;
  }[];
}
