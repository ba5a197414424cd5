import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { QualityDto } from './quality.dto';
import { QualitySampler } from './quality-sampler';

@ApiTags('site')
@Controller('api')
export class QualityController {
  constructor(private readonly sampler: QualitySampler) {}

  @Get('quality')
  @ApiOperation({ summary: 'How well tags are located in each section, by looks at live tracks and reference tags' })
  @ZodResponse({ type: QualityDto })
  quality() {
    return { sections: this.sampler.sections };
  }
}
