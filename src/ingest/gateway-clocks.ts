import { Injectable, Logger } from '@nestjs/common';
import type { GatewayId } from '../core';
import { Enrolment } from './enrolment';
import { type ClockVerdict, GatewayClock } from './gateway-clock';
import { gatewayClocks } from './ingest.metrics';

/** The clocks of the gateways that are believed. A gateway taken off the plan is forgotten with the next new one. */
@Injectable()
export class GatewayClocks {
  readonly #log = new Logger('Gateway clocks');
  readonly #clocks = new Map<GatewayId, GatewayClock>();

  constructor(private readonly enrolment: Enrolment) {}

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
    for (const [known, { verdict }] of this.#clocks) {
      if (this.enrolment.isKnownGateway(known)) continue;
      this.#clocks.delete(known);
      gatewayClocks.dec({ verdict });
    }
    const clock = new GatewayClock();
    this.#clocks.set(gatewayId, clock);
    gatewayClocks.inc({ verdict: clock.verdict });
    return clock;
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
