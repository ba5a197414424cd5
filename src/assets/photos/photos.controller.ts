import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  NotFoundException,
  Param,
  Put,
  StreamableFile,
  UnsupportedMediaTypeException,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiPayloadTooLargeResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import type { AssetView } from '../../live/protocol';
import { AssetDto, AssetParamDto } from '../asset.dto';
import { AssetEntries } from '../asset-entries';
import { DatabaseAwayInterceptor } from '../../http/database-away.interceptor';
import { mediaTypeOf, Photos } from './photos';

@ApiTags('assets')
@UseInterceptors(DatabaseAwayInterceptor)
@Controller('api/assets/:id/photo')
export class PhotosController {
  constructor(
    private readonly photos: Photos,
    private readonly entries: AssetEntries,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Its photograph; ask with ?v=<photo> of the asset, whose answer may be kept for ever' })
  @ApiProduces('image/jpeg', 'image/png', 'image/webp')
  @Header('cache-control', 'private, max-age=31536000, immutable')
  async read(@Param() { id }: AssetParamDto): Promise<StreamableFile> {
    const photo = await this.photos.get(id);
    if (photo === null) throw new NotFoundException(`Asset ${id} has no photograph`);
    return new StreamableFile(photo.bytes, { type: photo.mediaType, disposition: 'inline' });
  }

  @Put()
  @ApiOperation({ summary: 'Sets its photograph: JPEG, PNG or WebP, at most 1 MiB' })
  @ApiConsumes('image/jpeg', 'image/png', 'image/webp')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiPayloadTooLargeResponse()
  @ZodResponse({ type: AssetDto })
  async put(@Param() { id }: AssetParamDto, @Body() body: unknown): Promise<AssetView> {
    this.entries.view(id);
    const mediaType = Buffer.isBuffer(body) ? mediaTypeOf(body) : null;
    if (!Buffer.isBuffer(body) || mediaType === null) {
      throw new UnsupportedMediaTypeException('A photograph must be JPEG, PNG or WebP');
    }
    await this.photos.put(id, mediaType, body);
    return this.entries.view(id);
  }

  @Delete()
  @ApiOperation({ summary: 'Removes its photograph' })
  @ZodResponse({ type: AssetDto })
  async remove(@Param() { id }: AssetParamDto): Promise<AssetView> {
    this.entries.view(id);
    await this.photos.remove(id);
    return this.entries.view(id);
  }
}
