import { Injectable } from '@nestjs/common';
import { Enrolment } from './enrolment';
import { GatewayClocks } from './gateway-clocks';
import { GatewaysHeard } from './gateways-heard';
import { PairingEar } from './pairing-ear';
import { ReadingNews } from './reading-news';

/** What the doors judge a report by. */
@Injectable()
export class Judges {
  constructor(
    readonly enrolment: Enrolment,
    readonly clocks: GatewayClocks,
    /** Hears of the tags nobody enrolled. */
    readonly ear: PairingEar,
    readonly gateways: GatewaysHeard,
    /** Knows what tags measured last. */
    readonly news: ReadingNews,
  ) {}
}
