import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { OperationsDto } from './operations.dto';
import { OperationsReader } from './operations-reader';

@ApiTags('operations')
@Controller('api')
export class OperationsController {
  constructor(private readonly reader: OperationsReader) {}

  @Get('operations')
  @ApiOperation({ summary: 'How the service runs: rates, lag, what was dropped and why, processes, silent gateways' })
  @ZodResponse({ type: OperationsDto })
  @ApiResponse({ status: 503, description: 'Redis is away' })
  async operations() {
    try {
      return await this.reader.read(Date.now());
    } catch (error) {
      throw new ServiceUnavailableException(`Redis is away: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
