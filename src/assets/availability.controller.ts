import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  Put,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiConflictResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import type { AssetView } from '../live/protocol';
import { AssetDto, AssetParamDto } from './asset.dto';
import { AssetWords } from './asset-words';
import {
  AvailabilityFileDto,
  AvailabilityRulesDto,
  ClaimedProblemDto,
  CorrectedDto,
  CorrectionParamDto,
  NewClaimDto,
  NewCorrectionDto,
  NewStatusDto,
  SourceQueryDto,
  SupersededProblemDto,
  TabletQueryDto,
  WorklistDto,
  WorklistQueryDto,
} from './availability.dto';
import { RulesError } from './compile-rules';
import { DatabaseAwayInterceptor } from '../http/database-away.interceptor';
import { RuleBook } from './rule-book';
import { Worklist } from './worklist';

@ApiTags('availability')
@UseInterceptors(DatabaseAwayInterceptor)
@Controller('api')
export class AvailabilityController {
  constructor(
    private readonly words: AssetWords,
    private readonly worklist: Worklist,
    private readonly rules: RuleBook,
  ) {}

  @Post('assets/:id/status')
  @ApiOperation({
    summary: 'Says whether it can be taken',
    description:
      'Counts less with time and ends when the asset is taken to another kind of room; out-of-service holds until it is ' +
      "cleared. What staff and the device's own server say stand side by side.",
  })
  @ZodResponse({ status: 200, type: AssetDto })
  async setStatus(@Param() { id }: AssetParamDto, @Body() body: NewStatusDto): Promise<AssetView> {
    return this.words.setStatus(id, body);
  }

  @Delete('assets/:id/status')
  @ApiOperation({ summary: 'Clears what this source said: the other evidence decides again' })
  @ZodResponse({ type: AssetDto })
  async clearStatus(@Param() { id }: AssetParamDto, @Query() { source }: SourceQueryDto): Promise<AssetView> {
    return this.words.clearStatus(id, source);
  }

  @Post('assets/:id/claim')
  @ApiOperation({
    summary: 'Says that somebody is on the way to it',
    description: 'Holds for ten minutes. The same tablet asking again keeps its claim as it is.',
  })
  @ApiConflictResponse({ type: ClaimedProblemDto, description: 'Another tablet holds it' })
  @ZodResponse({ status: 200, type: AssetDto })
  async claim(@Param() { id }: AssetParamDto, @Body() { tablet }: NewClaimDto): Promise<AssetView> {
    return this.words.claim(id, tablet);
  }

  @Delete('assets/:id/claim')
  @ApiOperation({ summary: "Gives the tablet's claim back; another's is left alone" })
  @ZodResponse({ type: AssetDto })
  async release(@Param() { id }: AssetParamDto, @Query() { tablet }: TabletQueryDto): Promise<AssetView> {
    return this.words.release(id, tablet);
  }

  @Post('assets/:id/corrections')
  @ApiOperation({ summary: 'Says how it was found, when that is not as shown; or that it was found' })
  @ApiConflictResponse({ type: SupersededProblemDto, description: 'Something newer is known than what was said' })
  @ZodResponse({ status: 200, type: CorrectedDto })
  async correct(@Param() { id }: AssetParamDto, @Body() body: NewCorrectionDto) {
    return { asset: await this.words.correct(id, body) };
  }

  @Delete('assets/:id/corrections/:correctionId')
  @ApiOperation({ summary: 'Takes a correction back; the status it replaced holds again' })
  @ZodResponse({ type: CorrectedDto })
  async undo(@Param() { id, correctionId }: CorrectionParamDto) {
    return { asset: await this.words.undo(id, correctionId) };
  }

  @Get('worklist')
  @ApiOperation({ summary: 'Equipment that needs somebody: lost, broken, dirty or far from home' })
  @ZodResponse({ type: WorklistDto })
  list(@Query() { section }: WorklistQueryDto) {
    const now = Date.now();
    return { now, items: this.worklist.items(section, now) };
  }

  @Get('availability-rules')
  @ApiOperation({ summary: 'How evidence is weighed, for all equipment and for each kind' })
  @ZodResponse({ type: AvailabilityRulesDto })
  readRules() {
    return this.rules.now;
  }

  @Put('availability-rules')
  @ApiOperation({
    summary: 'Changes how evidence is weighed, from now on and in every process',
    description: 'Takes only what differs from the rules that come along and the site file; {} takes all changes back.',
  })
  @ZodResponse({ type: AvailabilityRulesDto })
  async changeRules(@Body() changes: AvailabilityFileDto) {
    try {
      await this.rules.change(changes);
    } catch (error) {
      if (error instanceof RulesError) throw new BadRequestException(error.message);
      throw error;
    }
    return this.rules.now;
  }
}
