import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module';
import { HistoryModule } from '../history/history.module';
import { MovesModule } from '../moves/moves.module';
import { RedisModule } from '../redis/redis.module';
import { SitesModule } from '../sites/sites.module';
import { AssetEntries } from './asset-entries';
import { AssetWords } from './asset-words';
import { AvailabilityChanges } from './availability-changes';
import { AvailabilityUpkeep } from './availability-upkeep';
import { AvailabilityController } from './availability.controller';
import { ClaimBook } from './claim-book';
import { Escorts } from './escorts';
import { CorrectionBook } from './correction-book';
import { Forgetting } from './forgetting';
import { RuleBook } from './rule-book';
import { StatusBook } from './status-book';
import { Worklist } from './worklist';
import { AssetSearch } from './asset-search';
import { AssetSeed } from './asset-seed';
import { AssetViews } from './asset-views';
import { AssetsController } from './assets.controller';
import { AssetsLifecycle } from './assets-lifecycle';
import { AssetsRepository } from './assets.repository';
import { ChangePublisher } from './change-publisher';
import { AssetImporter } from './csv/asset-importer';
import { CsvController } from './csv/csv.controller';
import { EnrolledTags } from './enrolled-tags';
import { FileBodies } from './file-bodies';
import { FindNearest } from './find-nearest';
import { Pairing } from './pairing/pairing';
import { PairingController } from './pairing/pairing.controller';
import { SpareTags } from './pairing/spare-tags';
import { Photos } from './photos/photos';
import { PhotosController } from './photos/photos.controller';
import { PlaceReader } from './place-reader';
import { Places } from './places';
import { PublisherLease } from './publisher-lease';
import { Registry } from './registry';
import { UseRecall } from './use-recall';

/** What equipment there is, where it is now, whether it can be taken, and which is nearest. */
@Module({
  imports: [RedisModule, DatabaseModule, SitesModule, HistoryModule, MovesModule],
  controllers: [CsvController, PhotosController, PairingController, AssetsController, AvailabilityController],
  providers: [
    AssetsRepository,
    AssetSeed,
    EnrolledTags,
    Registry,
    Places,
    PlaceReader,
    AssetViews,
    AssetSearch,
    FindNearest,
    AssetEntries,
    RuleBook,
    Escorts,
    UseRecall,
    StatusBook,
    ClaimBook,
    CorrectionBook,
    AssetWords,
    Worklist,
    AvailabilityChanges,
    AvailabilityUpkeep,
    Forgetting,
    PublisherLease,
    ChangePublisher,
    AssetsLifecycle,
    AssetImporter,
    FileBodies,
    Photos,
    SpareTags,
    Pairing,
  ],
})
export class AssetsModule {}
