import {
  BadRequestException,
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  UseInterceptors,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { tagId, type WalkingPoint } from '../../core';
import { DatabaseAwayInterceptor } from '../../http/database-away.interceptor';
import { FindNearest } from '../find-nearest';
import { Pairing } from './pairing';
import { ClosestDto, OpenWindowDto, OriginDto, SpareTagListDto, SpareTagParamDto, SpareTagsDto } from './pairing.dto';
import { SpareTags } from './spare-tags';

@ApiTags('pairing')
@UseInterceptors(DatabaseAwayInterceptor)
@Controller('api/pairing')
export class PairingController {
  constructor(
    private readonly pairing: Pairing,
    private readonly spares: SpareTags,
    private readonly nearest: FindNearest,
  ) {}

  @Post('window')
  @HttpCode(200)
  @ApiOperation({
    summary: 'For a minute, lets the gateway closest to `from` tell which unknown tags it hears close by',
    description:
      'Only tags held within a few steps of that one gateway, no addresses that phones make up, nothing kept when the ' +
      'minute is over. Each opening is counted.',
  })
  @ZodResponse({ type: OpenWindowDto })
  async open(@Body() { from }: OriginDto) {
    const window = await this.pairing.open(this.#origin(from), Date.now());
    if (window === null) throw new NotFoundException('There is no gateway on this level');
    return window;
  }

  @Delete('window')
  @HttpCode(204)
  @ApiOperation({ summary: 'Closes the window; what was heard in it is forgotten' })
  @ApiNoContentResponse()
  async close(): Promise<void> {
    await this.pairing.close();
  }

  @Get('closest')
  @ApiOperation({ summary: 'The tags closest to `from` now that no asset wears' })
  @ZodResponse({ type: ClosestDto })
  async closest(@Query() { from }: OriginDto) {
    return { now: Date.now(), ...(await this.pairing.closest(this.#origin(from))) };
  }

  @Get('spares')
  @ApiOperation({ summary: 'Tags that are enrolled and on no asset' })
  @ZodResponse({ type: SpareTagListDto })
  async listSpares() {
    return { tagIds: await this.spares.all() };
  }

  @Post('spares')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enrols tags before any asset wears them; answers with those that were not enrolled yet' })
  @ZodResponse({ type: SpareTagListDto })
  async enrol(@Body() { tagIds }: SpareTagsDto) {
    return { tagIds: await this.spares.enrol([...new Set(tagIds.map(tagId))]) };
  }

  @Delete('spares/:tagId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Follows the tag no longer' })
  @ApiNoContentResponse()
  async forget(@Param() { tagId: id }: SpareTagParamDto): Promise<void> {
    if (!(await this.spares.forget(tagId(id)))) throw new NotFoundException(`There is no spare tag ${id}`);
  }

  #origin(from: string): WalkingPoint {
    const origin = this.nearest.readOrigin(from);
    if (typeof origin === 'string') throw new BadRequestException(origin);
    return origin;
  }
}
