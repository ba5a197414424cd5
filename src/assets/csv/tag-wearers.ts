import type { TagClass, TagId } from '../../core';
import type { Asset, NewAsset } from '../asset';
import type { Refusal } from './refusal';
import { refusals } from './refusals';

/** Which asset wears each tag while an import is planned: tags may change places within one file. */
export class TagWearers {
  readonly #wearers = new Map<TagId, Pick<NewAsset, 'id' | 'name'>>();

  constructor(
    assets: readonly Asset[],
    private readonly classes: ReadonlyMap<TagId, TagClass>,
  ) {
    for (const asset of assets) for (const tagId of asset.tagIds) this.#wearers.set(tagId, asset);
  }

  takeOff({ tagIds }: Asset): void {
    for (const tagId of tagIds) this.#wearers.delete(tagId);
  }

  /** @returns why tags cannot be put on, naming both assets */
  putOn(asset: NewAsset): Refusal[] {
    return asset.tagIds.flatMap((tagId) => {
      const other = this.#wearers.get(tagId);
      const tagClass = this.classes.get(tagId);
      if (other !== undefined) {
        return [refusals.worn(tagId, other, asset)];
      }
      if (tagClass !== undefined && tagClass !== 'asset') return [refusals.otherTag(tagId, tagClass)];
      this.#wearers.set(tagId, asset);
      return [];
    });
  }
}
