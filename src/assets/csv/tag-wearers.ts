import type { TagClass, TagId } from '../../core';
import type { Asset, NewAsset } from '../asset';

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
  putOn(asset: NewAsset): string[] {
    return asset.tagIds.flatMap((tagId) => {
      const other = this.#wearers.get(tagId);
      const tagClass = this.classes.get(tagId);
      if (other !== undefined) {
        return [
          `tag ${tagId} is on ${other.name} (${other.id}): it cannot be put on ${asset.name} (${asset.id}) as well`,
        ];
      }
      if (tagClass !== undefined && tagClass !== 'asset') return [`tag ${tagId} is a ${tagClass} tag`];
      this.#wearers.set(tagId, asset);
      return [];
    });
  }
}
