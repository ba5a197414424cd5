import { BadRequestException, Controller, Get, NotFoundException, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { OccupancyHistory } from '../history/occupancy';
import { DatabaseAwayInterceptor } from '../http/database-away.interceptor';
import { SiteModelSource } from '../sites/site-model-source';
import { OccupancyDto, OccupancyQueryDto, SectionParamDto } from './occupancy.dto';

const stepMs = { hour: 3_600_000, day: 86_400_000 } as const;
/** Asked without `from`: so many steps back. */
const stepsAsked = { hour: 24, day: 30 } as const;
/** Three months by hour, six years by day. */
const mostSteps = 2_232;

@ApiTags('analytics')
@Controller('api')
@UseInterceptors(DatabaseAwayInterceptor)
export class OccupancyController {
  constructor(
    private readonly history: OccupancyHistory,
    private readonly source: SiteModelSource,
  ) {}

  @Get('sites/:siteId/sections/:sectionId/occupancy')
  @ApiOperation({ summary: 'How much equipment of each kind was in a section, hour by hour or day by day' })
  @ZodResponse({ type: OccupancyDto })
  async read(@Param() { siteId, sectionId }: SectionParamDto, @Query() query: OccupancyQueryDto) {
    this.#check(siteId, sectionId);
    const now = Date.now();
    const { by } = query;
    const step = stepMs[by];
    const end = query.to ?? now;
    const to = Math.ceil(end / step) * step;
    const from = Math.floor((query.from ?? end - stepsAsked[by] * step) / step) * step;
    if (from > to) throw new BadRequestException('`from` must not be after `to`');
    if ((to - from) / step > mostSteps)
      throw new BadRequestException(`At most ${mostSteps} steps of one ${by} at once`);
    const rows = await this.history.ofSection({ sectionId, from, to, by, now });
    const steps = rows.map(({ at, kind, tags, ms }) => ({
      at,
      kind,
      tags,
      mean: ms / (Math.min(at + step, now) - at),
    }));
    return { siteId, sectionId, from, to, by, steps };
  }

  #check(siteId: string, sectionId: string): void {
    const { site } = this.source;
    if (siteId !== site.id) throw new NotFoundException(`There is no site ${siteId}; this service serves ${site.id}`);
    const isKnown = site.levels.some(({ sections }) => sections.some(({ id }) => id === sectionId));
    if (!isKnown) throw new NotFoundException(`There is no section ${sectionId} in site ${siteId}`);
  }
}
