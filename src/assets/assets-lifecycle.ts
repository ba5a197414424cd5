import { type BeforeApplicationShutdown, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { RedisConnections } from '../redis/redis.module';
import { ChangePublisher } from './change-publisher';
import { EnrolledTags } from './enrolled-tags';
import { PlaceReader } from './place-reader';
import { Registry } from './registry';

/** Brings the module up in order, and down again: registry, doors, places, announcements. */
@Injectable()
export class AssetsLifecycle implements OnModuleInit, BeforeApplicationShutdown {
  readonly #log = new Logger('Assets');

  constructor(
    private readonly registry: Registry,
    private readonly enrolledTags: EnrolledTags,
    private readonly placeReader: PlaceReader,
    private readonly publisher: ChangePublisher,
    private readonly redis: RedisConnections,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.registry.start();
    await this.enrolledTags.publish();
    await this.placeReader.start();
    this.publisher.start();
    this.placeReader.onMoved((tagIds) => this.publisher.tagsMoved(tagIds));
    // Redis may have come back empty.
    this.redis.commands.on('ready', () => {
      this.enrolledTags.publish().catch((error: unknown) => this.#log.warn(`Tags not published: ${String(error)}`));
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.placeReader.stop();
    await this.publisher.stop();
  }
}
