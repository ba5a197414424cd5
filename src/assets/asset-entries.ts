import { randomUUID } from 'node:crypto';
import { BadRequestException, ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import { type Site, sectionId, type TagId, tagId, unitId } from '../core';
import type { AssetView } from '../live/protocol';
import { SiteModelSource } from '../sites/site-model-source';
import type { AssetChange, NewAsset } from './asset';
import type { AssetChangeDto, NewAssetDto } from './asset.dto';
import { AssetViews } from './asset-views';
import { Registry } from './registry';
import { TakenError } from './tag-assignments';

/** What is asked of the registry from outside: checked, done, and answered with the asset as it then is. */
@Injectable()
export class AssetEntries {
  constructor(
    private readonly registry: Registry,
    private readonly views: AssetViews,
    private readonly source: SiteModelSource,
  ) {}

  async create(wanted: NewAssetDto): Promise<AssetView> {
    const { id = `${wanted.kind}-${randomUUID().slice(0, 8)}`, name, kind } = wanted;
    const { number = null, serial = null, ownerSectionId = null, homeUnitId = null, notes = null } = wanted;
    const tagIds = tagsOf(wanted) ?? [];
    const asset: NewAsset = { id, name, kind, number, serial, tagIds, ownerSectionId, homeUnitId, notes };
    checkPlaces(asset, this.source.site);
    await unlessTaken(() => this.registry.create(asset));
    return this.view(id);
  }

  async change(id: string, { tagId: one, tagIds: several, ...rest }: AssetChangeDto): Promise<AssetView> {
    const change: AssetChange = { ...rest, tagIds: tagsOf({ tagId: one, tagIds: several }) };
    checkPlaces(change, this.source.site);
    if (!(await unlessTaken(() => this.registry.change(id, change)))) throw notFound(id);
    return this.view(id);
  }

  async retire(id: string): Promise<void> {
    if (!(await this.registry.retire(id))) throw notFound(id);
  }

  /** @throws NotFoundException when there is no such asset in use */
  view(id: string): AssetView {
    const asset = this.registry.byId(id);
    if (asset === undefined) throw notFound(id);
    return this.views.view(asset, Date.now());
  }
}

/** Undefined when nothing is said of tags. */
function tagsOf({ tagId: one, tagIds: several }: Pick<AssetChangeDto, 'tagId' | 'tagIds'>): TagId[] | undefined {
  const said = one === undefined ? several : one === null ? [] : [one];
  return said === undefined ? undefined : [...new Set(said.map(tagId))];
}

const notFound = (id: string): NotFoundException => new NotFoundException(`There is no asset ${id}`);

async function unlessTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TakenError) throw new ConflictException(error.message);
    throw error;
  }
}

function checkPlaces({ ownerSectionId, homeUnitId }: AssetChange, site: Site): void {
  if (typeof ownerSectionId === 'string' && !site.sectionById.has(sectionId(ownerSectionId))) {
    throw new BadRequestException(`There is no section ${ownerSectionId}`);
  }
  if (typeof homeUnitId === 'string' && !site.unitById.has(unitId(homeUnitId))) {
    throw new BadRequestException(`There is no unit ${homeUnitId}`);
  }
}
