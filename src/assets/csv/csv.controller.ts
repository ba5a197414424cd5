import { Readable } from 'node:stream';
import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Post,
  Query,
  StreamableFile,
  UnprocessableEntityException,
  UnsupportedMediaTypeException,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiOperation,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { ZodResponse } from 'nestjs-zod';
import { DatabaseAwayInterceptor } from '../../http/database-away.interceptor';
import { Registry } from '../registry';
import { AssetImporter } from './asset-importer';
import { ExportQueryDto, type ImportReport, ImportQueryDto, ImportReportDto } from './csv.dto';
import { exportCsv } from './export-csv';
import { fileRefusals } from './file-refusals';
import { reportImport } from './import-report';
import { readRows } from './read-rows';
import { readText } from './read-text';
import { isRefusal, type Refusal } from './refusal';

@ApiTags('assets')
@UseInterceptors(DatabaseAwayInterceptor)
@Controller('api/assets')
export class CsvController {
  constructor(
    private readonly importer: AssetImporter,
    private readonly registry: Registry,
  ) {}

  @Get('export')
  @ApiOperation({ summary: 'The registry as CSV (UTF-8); importing it again changes nothing' })
  @ApiProduces('text/csv')
  export(@Query() { separator }: ExportQueryDto): StreamableFile {
    const assets = [...this.registry.all()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return new StreamableFile(
      Readable.from(exportCsv(assets, separator === 'comma' ? ',' : ';'), { objectMode: false }),
      {
        type: 'text/csv; charset=utf-8',
        disposition: 'attachment; filename="equipment.csv"',
      },
    );
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Enters and changes assets from CSV: all rows, or none when one is refused',
    description:
      'A row is about the asset of its id, else of its number, else of its serial, else about a new one. An empty cell ' +
      'empties; a column the file lacks, and an asset no row is about, stay as they are.',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiUnprocessableEntityResponse({ description: 'Rows were refused; `report` has them. Nothing was changed' })
  @ZodResponse({ type: ImportReportDto })
  async import(@Query() { dryRun }: ImportQueryDto, @Body() body: unknown): Promise<ImportReport> {
    if (!Buffer.isBuffer(body)) throw new UnsupportedMediaTypeException('Send the file as text/csv');
    const read = readText(body);
    if (isRefusal(read)) throw new BadRequestException(bodyOf(read));
    const table = await readRows(read.text);
    if (isRefusal(table)) throw new BadRequestException(bodyOf(table));
    const plan = await (dryRun ? this.importer.plan(table.rows) : this.importer.import(table.rows));
    const report = reportImport(read, table, plan);
    if (dryRun || plan.refused.length === 0) return report;
    const why = fileRefusals.rows(plan.refused.length, table.rows.length);
    throw new UnprocessableEntityException({ ...bodyOf(why), report });
  }
}

/** The sentence in English as the problem's detail, and in both languages for the screen. */
const bodyOf = (why: Refusal): { message: string; reason: Refusal } => ({ message: why.en, reason: why });
