import type { AssetView } from '../../../../src/live/protocol';
import { reads } from '../reads';

/** Every asset by id. Readers read `version` to be told of changes; the Map itself is plain, for speed. */
export class AssetStore {
  #byId = new Map<string, AssetView>();
  version = $state(0);
  /** Changes when assets come, go, or move to another level or room or status: not with every refreshed age. */
  structure = $state(0);
  /** Changes when assets come, go, or are called otherwise: what puts them in another order. */
  roster = $state(0);

  replace(assets: readonly AssetView[]): void {
    this.#byId = new Map(assets.map((asset) => [asset.id, asset]));
    this.version += 1;
    this.structure += 1;
    this.roster += 1;
  }

  /** Views as the socket sends them. A place older than the one known is not taken back. */
  change(assets: readonly AssetView[]): void {
    let structural = false;
    let renamed = false;
    for (const asset of assets) {
      const known = this.#byId.get(asset.id);
      structural ||= known === undefined || differs(known, asset);
      renamed ||= known?.name !== asset.name || known.kind !== asset.kind || isRetired(asset);
      if (isRetired(asset)) this.#byId.delete(asset.id);
      else this.#byId.set(asset.id, asset);
    }
    this.version += 1;
    if (structural) this.structure += 1;
    if (renamed) this.roster += 1;
  }

  get(id: string): AssetView | undefined {
    reads(this.version);
    return this.#byId.get(id);
  }

  /** All of them; tracked by `structure` only. */
  all(): AssetView[] {
    reads(this.structure);
    return [...this.#byId.values()];
  }

  /** All of them in an order of their own, which is worked out anew only with the roster; tracked by `structure`. */
  inOrder(ids: readonly string[]): AssetView[] {
    reads(this.structure);
    return ids.flatMap((id) => this.#byId.get(id) ?? []);
  }

  /** Not tracked: for what is drawn at its own pace. */
  values(): IterableIterator<AssetView> {
    return this.#byId.values();
  }
}

const isRetired = (asset: AssetView): boolean => 'retired' in asset && asset.retired === true;

function differs(a: AssetView, b: AssetView): boolean {
  return (
    a.name !== b.name ||
    a.number !== b.number ||
    a.serial !== b.serial ||
    a.tagIds.join() !== b.tagIds.join() ||
    a.kind !== b.kind ||
    a.availability.status !== b.availability.status ||
    a.place?.levelId !== b.place?.levelId ||
    a.place?.unitId !== b.place?.unitId
  );
}
