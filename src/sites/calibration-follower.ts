import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { SiteModelSource } from './site-model-source';

const everyMs = 5_000;

const versionInUse = new Gauge({
  name: 'whereabouts_calibration_version',
  help: 'Version of the radio calibration this process works with; 0: none that is kept',
  aggregator: 'min',
});

/** Has this process work with the calibration in use, whoever put it there: a refit, `calibrate` or a roll-back. */
@Injectable()
export class CalibrationFollower implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #log = new Logger('Sites');
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;

  constructor(private readonly source: SiteModelSource) {}

  onApplicationBootstrap(): void {
    versionInUse.set(this.source.version ?? 0);
    this.#timer = setInterval(() => void this.look(), everyMs).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** One look at a time; what cannot be read or used leaves the one in use as it is. */
  look(): Promise<void> {
    this.#running ??= this.#look().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #look(): Promise<void> {
    try {
      if (!(await this.source.refresh())) return;
      versionInUse.set(this.source.version ?? 0);
      this.#log.log(`Works with version ${this.source.version ?? 0} of the calibration of ${this.source.site.id}`);
    } catch (error) {
      this.#log.warn(
        `The calibration in use was not taken up: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
