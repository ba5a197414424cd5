import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiConflictResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { Trail } from '../history/trail';
import type { AssetView } from '../live/protocol';
import {
  AssetChangeDto,
  AssetDto,
  AssetListDto,
  AssetParamDto,
  AssetQueryDto,
  KindListDto,
  NewAssetDto,
  PeriodQueryDto,
  StaysDto,
  TrailDto,
} from './asset.dto';
import { AssetSearch } from './asset-search';
import { AssetEntries } from './asset-entries';
import { DatabaseAwayInterceptor } from '../http/database-away.interceptor';
import { FindNearest } from './find-nearest';
import { kinds } from './kinds';
import { type NearestAnswer, NearestDto, NearestQueryDto } from './nearest.dto';

const hourMs = 3_600_000;
const mostFixes = 5_000;
const mostStays = 500;

@ApiTags('assets')
@UseInterceptors(DatabaseAwayInterceptor)
@Controller('api')
export class AssetsController {
  constructor(
    private readonly search: AssetSearch,
    private readonly nearest: FindNearest,
    private readonly trail: Trail,
    private readonly entries: AssetEntries,
  ) {}

  @Get('kinds')
  @ApiOperation({ summary: 'The kinds of equipment, with names and synonyms in English and French' })
  @ZodResponse({ type: KindListDto })
  listKinds() {
    return { kinds: kinds.map(({ id, name, synonyms, icon }) => ({ id, name, synonyms, icon })) };
  }

  @Get('assets')
  @ApiOperation({ summary: 'Equipment, where it is and whether it can be taken' })
  @ZodResponse({ type: AssetListDto })
  list(@Query() query: AssetQueryDto) {
    const now = Date.now();
    return { now, assets: this.search.list(query, now) };
  }

  @Get('assets/nearest')
  @ApiOperation({
    summary: 'Where to go for equipment of a kind: least expected time first, with the way there and the reasons',
  })
  @ZodResponse({ type: NearestDto })
  findNearest(@Query() { from, availability, shown, badge, ...query }: NearestQueryDto): NearestAnswer {
    const origin = this.nearest.readOrigin(from);
    if (typeof origin === 'string') throw new BadRequestException(origin);
    const wanted = availability === 'any' ? null : availability;
    const asked = { ...query, from: origin, availability: wanted, shown: shown ?? [], hasBadge: badge === 'yes' };
    return this.nearest.answer(asked, Date.now());
  }

  @Get('assets/:id')
  @ApiOperation({ summary: 'One piece of equipment' })
  @ZodResponse({ type: AssetDto })
  one(@Param() { id }: AssetParamDto): AssetView {
    return this.entries.view(id);
  }

  @Get('assets/:id/trail')
  @ApiOperation({ summary: 'Where it was, oldest first; the last hour unless asked otherwise' })
  @ZodResponse({ type: TrailDto })
  async readTrail(@Param() { id }: AssetParamDto, @Query() query: PeriodQueryDto) {
    const { tagId } = this.entries.view(id);
    const { from, to } = periodOf(query, hourMs);
    const rows = tagId === null ? [] : await this.trail.trail(tagId, from, to, mostFixes + 1);
    const fixes = rows.slice(-mostFixes).map((row) => {
      const { at, levelId, x, y, radius50, radius90, zoneId, zoneProbability } = row;
      return { at, levelId, x, y, radius50, radius90, unitId: zoneId, zoneProbability };
    });
    return { from, to, truncated: rows.length > mostFixes, fixes };
  }

  @Get('assets/:id/stays')
  @ApiOperation({ summary: 'The rooms it was in, newest first; the last day unless asked otherwise' })
  @ZodResponse({ type: StaysDto })
  async readStays(@Param() { id }: AssetParamDto, @Query() query: PeriodQueryDto) {
    const { tagId } = this.entries.view(id);
    const { from, to } = periodOf(query, 24 * hourMs);
    const rows = tagId === null ? [] : await this.trail.stays(tagId, from, to);
    const stays = rows.slice(-mostStays).map((row) => {
      const { zoneId, levelId, sectionId, enteredAt, leftAt } = row;
      return { unitId: zoneId, levelId, sectionId, enteredAt, leftAt };
    });
    return { from, to, truncated: rows.length > mostStays, stays: stays.reverse() };
  }

  @Post('assets')
  @ApiOperation({ summary: 'Enters a piece of equipment; its tag is followed from then on' })
  @ApiConflictResponse({ description: 'The id or the tag is in use' })
  @ZodResponse({ status: 201, type: AssetDto })
  async create(@Body() body: NewAssetDto): Promise<AssetView> {
    return this.entries.create(body);
  }

  @Patch('assets/:id')
  @ApiOperation({ summary: 'Changes what is given; tagId null takes the tag off' })
  @ApiConflictResponse({ description: 'The tag is in use' })
  @ZodResponse({ type: AssetDto })
  async change(@Param() { id }: AssetParamDto, @Body() body: AssetChangeDto): Promise<AssetView> {
    return this.entries.change(id, body);
  }

  @Delete('assets/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes it out of use; its tag is free again, its history stays' })
  @ApiNoContentResponse()
  async retire(@Param() { id }: AssetParamDto): Promise<void> {
    await this.entries.retire(id);
  }
}

function periodOf({ from, to }: PeriodQueryDto, usualMs: number): { from: number; to: number } {
  // A fix is kept under the time it is true for: one made this very millisecond is asked for too.
  const until = to ?? Date.now() + 1;
  const since = from ?? until - usualMs;
  if (since >= until) throw new BadRequestException('from must be before to');
  return { from: since, to: until };
}
