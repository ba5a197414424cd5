import { Controller, Get, Inject, NotFoundException, Param } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { readVersions } from '../sites/calibration-store';
import { SiteParamDto } from '../sites/site.dto';
import { SiteModelSource } from '../sites/site-model-source';
import { CalibrationDto } from './calibration.dto';
import { Refitter } from './refitter';

@ApiTags('site')
@Controller('api')
export class CalibrationController {
  constructor(
    private readonly source: SiteModelSource,
    private readonly refitter: Refitter,
    @Inject(CONFIG) private readonly config: Pick<Config, 'dataDir'>,
  ) {}

  @Get('sites/:siteId/calibration')
  @ApiOperation({
    summary: 'The radio model in use: version, what it rests on, fit of each gateway, gateways to look at',
  })
  @ZodResponse({ type: CalibrationDto })
  async calibration(@Param() { siteId }: SiteParamDto) {
    const { site, calibration, version } = this.source;
    if (siteId !== site.id) throw new NotFoundException(`There is no site ${siteId}; this service serves ${site.id}`);
    const { kept } = await readVersions(this.config.dataDir, siteId);
    return {
      version,
      fittedAt: calibration?.fittedAt ?? null,
      basis: calibration === null ? null : (calibration.basis ?? 'survey'),
      refit: calibration?.refit ?? null,
      kept,
      isRefitOn: this.refitter.isOn,
      lastRefit: await this.refitter.lastOutcome(),
    };
  }
}
