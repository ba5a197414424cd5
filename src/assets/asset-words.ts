import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { misledKey } from '../core';
import type { AssetView } from '../live/protocol';
import type { Asset } from './asset';
import { AssetViews } from './asset-views';
import type { NewCorrectionDto, NewStatusDto } from './availability.dto';
import { ClaimBook } from './claim-book';
import { CorrectionBook } from './correction-book';
import { Registry } from './registry';
import { corrections, searchSeconds } from './search-metrics';
import { StatusBook } from './status-book';

/** A correction that comes later than this after it was said was made without network. */
const lateMs = 60_000;
/** A search that lasted longer was forgotten on a table, not made. */
const longestSearchMs = 2 * 3_600_000;

/** What people and devices say of an asset: written, told to every process, and answered with the asset as it then is. */
@Injectable()
export class AssetWords {
  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
    private readonly statuses: StatusBook,
    private readonly claims: ClaimBook,
    private readonly corrections: CorrectionBook,
  ) {}

  async setStatus(id: string, { status, note, source, reason }: NewStatusDto): Promise<AssetView> {
    const asset = this.#asset(id);
    if (status === null) return this.clearStatus(id, source);
    const spaceType = this.#spaceType(asset);
    const out = status === 'out-of-service' ? (reason ?? 'fault') : null;
    if (!(await this.statuses.set(id, { status, source, note, reason: out, spaceType }))) throw notFound(id);
    return this.#announced(id);
  }

  async clearStatus(id: string, source: NewStatusDto['source']): Promise<AssetView> {
    this.#asset(id);
    return (await this.statuses.clear(id, source)) ? this.#announced(id) : this.#view(id);
  }

  /** @throws ConflictException with the claim when another tablet holds it */
  async claim(id: string, tablet: string): Promise<AssetView> {
    const claimed = await this.claims.take(id, tablet);
    if (claimed === 'no-such-asset') throw notFound(id);
    const view = await this.#announced(id);
    if (claimed.taken) return view;
    throw new ConflictException({
      message: `${view.name} is taken: somebody is on the way to it`,
      reason: 'claimed',
      claim: claimed.claim,
      asset: view,
    });
  }

  async release(id: string, tablet: string): Promise<AssetView> {
    this.#asset(id);
    await this.claims.release(id, tablet);
    return this.#announced(id);
  }

  /** @throws ConflictException with the asset as it is when something newer is known */
  async correct(id: string, said: NewCorrectionDto): Promise<AssetView> {
    const now = Date.now();
    const asset = this.#asset(id);
    const saidAt = Math.min(said.saidAt, now);
    if (this.#hasMovedSince(asset, said.code, saidAt, now)) throw this.#superseded(id, said.code);
    const searchedMs = searchedFor(said, saidAt);
    const outcome = await this.corrections.take({
      id: said.id,
      assetId: id,
      kind: asset.kind,
      tablet: said.tablet,
      code: said.code,
      note: said.note,
      saidAt,
      searchedMs,
      unitId: this.views.placeOf(asset)?.whereabouts.space?.unitId ?? null,
      spaceType: this.#spaceType(asset),
      misled: this.#misled(asset, said.code, now),
    });
    if (outcome === 'no-such-asset') throw notFound(id);
    if (outcome === 'id-taken') throw new ConflictException(`Correction ${said.id} was made of another asset`);
    if (outcome === 'superseded') throw this.#superseded(id, said.code);
    corrections.inc({ code: said.code, outcome });
    if (outcome === 'taken' && searchedMs !== null) searchSeconds.observe({ kind: asset.kind }, searchedMs / 1000);
    return this.#announced(id);
  }

  async undo(id: string, correctionId: string): Promise<AssetView> {
    this.#asset(id);
    if (!(await this.corrections.undo(id, correctionId))) {
      throw new NotFoundException(`There is no correction ${correctionId} of ${id}`);
    }
    return this.#announced(id);
  }

  /** What spoke for what was shown, when that was wrong. */
  #misled(asset: Asset, code: NewCorrectionDto['code'], now: number): string[] {
    if (code === 'found' || code === 'returned' || code === 'broken') return [];
    const { status, evidence } = this.views.judgement(asset, now);
    const said = { 'in-use': 'in-use', dirty: 'needs-cleaning', free: 'free', 'not-here': null }[code];
    if (status === 'unknown' || status === said) return [];
    const wrong = evidence.filter((reason) => reason.status === status && reason.weight > 0);
    return wrong.flatMap((reason) => misledKey(reason) ?? []);
  }

  /** A correction made without network is void when the asset has gone elsewhere since, unless it is of its own state. */
  #hasMovedSince(asset: Asset, code: NewCorrectionDto['code'], saidAt: number, now: number): boolean {
    if (now - saidAt < lateMs || code === 'broken' || code === 'found') return false;
    const since = this.views.placeOf(asset)?.since ?? null;
    return since !== null && since > saidAt;
  }

  #superseded(id: string, code: NewCorrectionDto['code']): ConflictException {
    corrections.inc({ code, outcome: 'superseded' });
    const asset = this.#view(id);
    return new ConflictException({
      message: `Something newer is known of ${asset.name} than what was said of it`,
      reason: 'superseded',
      asset,
    });
  }

  #spaceType = (asset: Asset): string | null => this.views.placeOf(asset)?.whereabouts.space?.type ?? null;

  #asset(id: string): Asset {
    const asset = this.registry.byId(id);
    if (asset === undefined) throw notFound(id);
    return asset;
  }

  #view = (id: string): AssetView => this.views.view(this.#asset(id), Date.now());

  async #announced(id: string): Promise<AssetView> {
    await this.registry.announce([id]);
    return this.#view(id);
  }
}

function searchedFor({ code, searchStartedAt }: NewCorrectionDto, saidAt: number): number | null {
  if (code !== 'found' || searchStartedAt === undefined) return null;
  const took = saidAt - searchStartedAt;
  return took > 0 && took <= longestSearchMs ? took : null;
}

const notFound = (id: string): NotFoundException => new NotFoundException(`There is no asset ${id}`);
