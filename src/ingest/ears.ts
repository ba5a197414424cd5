import { Injectable } from '@nestjs/common';
import { PairingEar } from './pairing-ear';
import { ReferenceEar } from './reference-ear';

/** Who listens at the doors besides tracking. */
@Injectable()
export class Ears {
  constructor(
    /** Hears of the tags nobody enrolled. */
    readonly pairing: PairingEar,
    /** Sums up what is heard of transmitters in known places. */
    readonly references: ReferenceEar,
  ) {}
}
