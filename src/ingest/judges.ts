import { Injectable } from '@nestjs/common';
import { Ears } from './ears';
import { Enrolment } from './enrolment';
import { GatewayClocks } from './gateway-clocks';
import { GatewaysHeard } from './gateways-heard';
import { ReadingNews } from './reading-news';

/** What the doors judge a report by. */
@Injectable()
export class Judges {
  constructor(
    readonly enrolment: Enrolment,
    readonly clocks: GatewayClocks,
    readonly ears: Ears,
    readonly gateways: GatewaysHeard,
    /** Knows what tags measured last. */
    readonly news: ReadingNews,
  ) {}
}
