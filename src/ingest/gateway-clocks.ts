import { Inject, Injectable, Logger } from '@nestjs/common';
import type { GatewayId } from '../core';
import { Enrolment } from './enrolment';
import { type ClockVerdict, GatewayClock } from './gateway-clock';
import { gatewayClocks } from './ingest.metrics';

/** So many clocks at least are kept without a look at which are still wanted. */
const leastKept = 64;

/**
 * The clocks of the gateways that are believed. Those taken off the plan are forgotten when there are twice as many clocks
 * as there were wanted ones: a look with each new gateway would cost a large site's start a second.
 */
@Injectable()
export class GatewayClocks {
  readonly #log = new Logger('Gateway clocks');
  readonly #clocks = new Map<GatewayId, GatewayClock>();

  #tidyAt = leastKept;

  constructor(@Inject(Enrolment) private readonly enrolment: Pick<Enrolment, 'isKnownGateway'>) {}

  /** The clock of a gateway after it has judged a message's times; only for gateways that are believed. */
  judge(gatewayId: GatewayId, heardAt: readonly number[], receivedAt: number, stepMs: number): GatewayClock {
    const clock = this.#clocks.get(gatewayId) ?? this.#add(gatewayId);
    const before = clock.verdict;
    const verdict = clock.judge(heardAt, receivedAt, stepMs);
    if (verdict !== before) {
      gatewayClocks.dec({ verdict: before });
      gatewayClocks.inc({ verdict });
      this.#report(gatewayId, clock);
    }
    return clock;
  }

  #add(gatewayId: GatewayId): GatewayClock {
    if (this.#clocks.size >= this.#tidyAt) this.#tidy();
    const clock = new GatewayClock();
    this.#clocks.set(gatewayId, clock);
    gatewayClocks.inc({ verdict: clock.verdict });
    return clock;
  }

  #tidy(): void {
    for (const [known, { verdict }] of this.#clocks) {
      if (this.enrolment.isKnownGateway(known)) continue;
      this.#clocks.delete(known);
      gatewayClocks.dec({ verdict });
    }
    this.#tidyAt = Math.max(leastKept, 2 * this.#clocks.size);
  }

  #report(gatewayId: GatewayId, { verdict, correctionMs }: GatewayClock): void {
    const seconds = Math.abs((correctionMs ?? 0) / 1000).toFixed(1);
    const direction = (correctionMs ?? 0) > 0 ? 'behind' : 'ahead';
    const said: Readonly<Record<ClockVerdict, string>> = {
      right: 'keeps time again',
      corrected: `is ${seconds} s ${direction}: its times are corrected`,
      stamped: 'is far off: its sightings are stamped on arrival',
      refused: 'jumped: its sightings are dropped until it settles',
    };
    this.#log.warn(`The clock of gateway ${gatewayId} ${said[verdict]}`);
  }
}
