import { createHash } from 'node:crypto';
import { Controller, Get, Headers, Inject, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ZodResponse } from 'nestjs-zod';
import type { Config } from '../config/config';
import { CONFIG } from '../config/config.module';
import { readVersion } from '../config/version';
import { levelId } from '../core';
import { AppConfigDto, CoverageDto, LevelParamDto, PlanDto, SiteDto, SiteParamDto } from './site.dto';
import { coverageAnswer, planAnswer, siteAnswer } from './site-answers';
import { SiteModelSource } from './site-model-source';

/** An answer that stays the same while what it was made of does, with the tag browsers ask by whether theirs is good. */
interface Kept {
  readonly version: number | null;
  readonly body: string;
  readonly etag: string;
}

@ApiTags('site')
@Controller('api')
export class SitesController {
  readonly #kept = new Map<string, Kept>();
  readonly #version = readVersion();

  constructor(
    private readonly source: SiteModelSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('config')
  @ApiOperation({ summary: 'What the web app asks first' })
  @ZodResponse({ type: AppConfigDto })
  appConfig() {
    return { siteId: this.source.site.id, mapboxToken: this.config.mapboxToken ?? null, version: this.#version };
  }

  @Get('sites/:siteId')
  @ApiOperation({ summary: 'Levels, sections and units of the site, and where it lies on the earth' })
  @ApiOkResponse({ type: SiteDto.Output })
  site(
    @Param() { siteId }: SiteParamDto,
    @Headers('if-none-match') had: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    this.#checkSite(siteId);
    return send(
      reply,
      had,
      this.#keep('site', () => siteAnswer(this.source.site)),
    );
  }

  @Get('sites/:siteId/coverage')
  @ApiOperation({ summary: 'Expected error and room certainty of every room, and which rooms depend on one gateway' })
  @ApiOkResponse({ type: CoverageDto.Output })
  coverage(
    @Param() { siteId }: SiteParamDto,
    @Headers('if-none-match') had: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    this.#checkSite(siteId);
    return send(
      reply,
      had,
      this.#keep('coverage', () => coverageAnswer(this.source.model), this.source.version),
    );
  }

  @Get('sites/:siteId/levels/:levelId')
  @ApiOperation({ summary: 'The plan of a level as GeoJSON in metres of the level' })
  @ApiOkResponse({ type: PlanDto.Output })
  plan(
    @Param() { siteId, levelId: id }: LevelParamDto,
    @Headers('if-none-match') had: string | undefined,
    @Res() reply: FastifyReply,
  ) {
    this.#checkSite(siteId);
    const level = this.source.site.levelById.get(levelId(id));
    if (level === undefined) throw new NotFoundException(`There is no level ${id} in site ${siteId}`);
    return send(
      reply,
      had,
      this.#keep(`level ${id}`, () => planAnswer(level)),
    );
  }

  #checkSite(siteId: string): void {
    const { id } = this.source.site;
    if (siteId !== id) throw new NotFoundException(`There is no site ${siteId}; this service serves ${id}`);
  }

  /** @param version what it was made of; another one makes it anew */
  #keep(name: string, make: () => object, version: number | null = null): Kept {
    const known = this.#kept.get(name);
    if (known?.version === version) return known;
    const body = JSON.stringify(make());
    const kept = { version, body, etag: `"${createHash('sha1').update(body).digest('base64url')}"` };
    this.#kept.set(name, kept);
    return kept;
  }
}

/** Kept by the browser, but asked about each time: a plan that was redrawn is seen at once. */
function send(reply: FastifyReply, had: string | undefined, { body, etag }: Kept): FastifyReply {
  void reply.header('etag', etag).header('cache-control', 'no-cache');
  const isGood = had?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag) ?? false;
  if (isGood) return reply.status(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(body);
}
