import { type BeforeApplicationShutdown, Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangePublisher } from './change-publisher';
import { EnrolledTags } from './enrolled-tags';
import { PlaceReader } from './place-reader';
import { Registry } from './registry';
import { RuleBook } from './rule-book';
import { UseRecall } from './use-recall';

/** Brings the module up in order, and down again: registry, doors, places, announcements. */
@Injectable()
export class AssetsLifecycle implements OnModuleInit, BeforeApplicationShutdown {
  constructor(
    private readonly registry: Registry,
    private readonly enrolledTags: EnrolledTags,
    private readonly placeReader: PlaceReader,
    private readonly publisher: ChangePublisher,
    private readonly rules: RuleBook,
    private readonly useRecall: UseRecall,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.rules.start();
    await this.registry.start();
    await this.enrolledTags.start();
    await this.placeReader.start();
    await this.useRecall.start(Date.now());
    this.publisher.start();
    this.placeReader.onMoved((tagIds) => this.publisher.tagsMoved(tagIds));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.publisher.stop();
  }
}
