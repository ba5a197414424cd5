import { tmpdir } from 'node:os';
import { type Asset, nothingSaid } from '../../../assets/asset';
import { AssetViews } from '../../../assets/asset-views';
import { FindNearest } from '../../../assets/find-nearest';
import { Places } from '../../../assets/places';
import { rulesAsShipped } from '../../../assets/rule-book';
import {
  advance,
  buildSiteModel,
  fitCalibration,
  type Rules,
  type Sighting,
  type SiteModel,
  type SurveyPoint,
  type Track,
  type UnitId,
} from '../../../core';
import { SiteModelSource } from '../../../sites/site-model-source';
import type { Piece } from '../../simulate/equipment';

interface Surveyed {
  readonly survey: readonly SurveyPoint[];
  readonly rules: Partial<Rules>;
}

/** The product, without its doors: engine, places, availability and the finder, on what gateways heard. */
export class System {
  readonly places: Places;
  readonly views: AssetViews;
  readonly finder: FindNearest;
  readonly #tracks: (Track | null)[];
  readonly #assets: Asset[];
  #version = 0;

  private constructor(
    readonly source: SiteModelSource,
    private readonly model: SiteModel,
    pieces: readonly Piece[],
  ) {
    this.places = new Places(source);
    this.views = new AssetViews(this.places, rulesAsShipped, { of: () => null });
    this.#tracks = pieces.map(() => null);
    this.#assets = pieces.map(toAsset);
    this.finder = new FindNearest(this, this.views, source);
  }

  /** Calibrated as a new site is: by what a surveyor wrote down in it. */
  static async load(siteDir: string, surveyed: Surveyed, pieces: readonly Piece[]): Promise<System> {
    const source = await SiteModelSource.load({ siteDir, dataDir: tmpdir() });
    const { calibration } = fitCalibration(source.site, surveyed.survey, 0);
    return new System(source, buildSiteModel(source.site, calibration, surveyed.rules), pieces);
  }

  /** Takes in what was heard of the piece with this index. @returns how many sightings */
  hear(index: number, heard: readonly Sighting[], now: number): number {
    if (heard.length === 0) return 0;
    const { track, moves } = advance(this.#tracks[index] ?? null, heard, now, this.model);
    this.#tracks[index] = track;
    for (const move of moves) this.places.apply(move);
    return heard.length;
  }

  ofKind(kind: string): Asset[] {
    return this.#assets.filter((asset) => asset.kind === kind);
  }

  byId(id: string): Asset | undefined {
    return this.#assets.find((asset) => asset.id === id);
  }

  get version(): number {
    return this.#version;
  }

  /** What somebody says of a piece; null takes it back. @param at epoch ms */
  say(index: number, status: 'out-of-service' | 'needs-cleaning' | null, at: number): void {
    const asset = this.#assets[index];
    if (asset === undefined) return;
    const spaceType = this.views.placeOf(asset)?.whereabouts.space?.type ?? null;
    const reason = status === 'out-of-service' ? 'fault' : null;
    const told = { status, note: null, reason, correction: null, at, confirmedAt: at, spaceType, rowId: '1' } as const;
    const staff = status === null ? null : { ...told, status };
    this.#assets[index] = { ...asset, said: { ...asset.said, staff } };
    this.#version++;
  }

  /** Where the system has a piece, by room alone. */
  roomOf(asset: Asset): UnitId | null {
    return this.views.placeOf(asset)?.zoneId ?? null;
  }
}

function toAsset({ id, kind, tagId, homeUnitId }: Piece): Asset {
  const nothing = { number: null, serial: null, ownerSectionId: null, notes: null, photo: null, said: nothingSaid };
  return { ...nothing, id, name: id, kind, tagIds: [tagId], homeUnitId };
}
