import { STATUS_CODES } from 'node:http';
import { Body, Controller, Get, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ZodResponse } from 'nestjs-zod';
import { DeadLetters } from './dead-letters';
import { DeadLetterListDto, DeadLettersQueryDto, TakenDto } from './gateway-messages.dto';
import { type DeadReason, Intake, type MessageDrop, type Outcome } from './intake';
import { StreamAway } from './sighting.writer';

const retryAfterS = 5;
const json = { type: 'object' } as const;

/** A refusal as RFC 9457 has it, with what was left out and where. */
interface Refusal {
  readonly status: number;
  readonly detail: string;
  readonly reason: string;
  readonly errors?: readonly { readonly path: string; readonly reason: string }[];
}

/** The HTTP door. */
@ApiTags('gateways')
@Controller('api')
export class GatewayMessagesController {
  constructor(
    private readonly intake: Intake,
    private readonly deadLetters: DeadLetters,
  ) {}

  @Post('gateways/:gatewayId/messages')
  @ApiOperation({
    summary: "A gateway's message in its vendor's own JSON, or { gatewayId?, sightings: [{ tagId, rssi, heardAt? }] }",
    description: 'Answered when the stream has it. The format is told by what is in it, whatever the content type.',
  })
  @ApiConsumes('application/json')
  @ApiBody({ schema: json })
  @ApiResponse({ status: 202, type: TakenDto })
  @ApiResponse({ status: 400, description: 'Not readable, or nothing in it is: `errors` says where' })
  @ApiResponse({ status: 404, description: 'No such gateway on the plan of the site' })
  @ApiResponse({ status: 413, description: 'Larger than 1 MB' })
  @ApiResponse({ status: 429, description: 'This gateway floods' })
  @ApiResponse({ status: 503, description: 'Not taken: send it again after `Retry-After`' })
  async post(
    @Param('gatewayId') gatewayId: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const payload = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') {
      const detail = `Content-Encoding ${encoding} is not understood: send it plain`;
      refuse(reply, { status: HttpStatus.UNSUPPORTED_MEDIA_TYPE, reason: 'bad-encoding', detail });
      return;
    }
    const message = {
      door: 'http',
      address: request.url,
      pathGateway: gatewayId,
      payload,
      receivedAt: Date.now(),
    } as const;
    try {
      answer(reply, gatewayId, await this.intake.take(message));
    } catch (error) {
      if (!(error instanceof StreamAway)) throw error;
      void reply.header('retry-after', retryAfterS);
      const { reason, message: detail } = error;
      refuse(reply, { status: HttpStatus.SERVICE_UNAVAILABLE, reason, detail: `Not taken, send it again: ${detail}` });
    }
  }

  @Get('dead-letters')
  @ApiOperation({ summary: 'Messages that were put aside because they could not be read, newest first' })
  @ZodResponse({ type: DeadLetterListDto })
  async newest(@Query() { limit }: DeadLettersQueryDto) {
    return { deadLetters: await this.deadLetters.newest(limit) };
  }
}

function answer(reply: FastifyReply, gatewayId: string, outcome: Outcome): void {
  const refusal = refusalOf(gatewayId, outcome);
  if (refusal !== null) refuse(reply, refusal);
  else void reply.status(HttpStatus.ACCEPTED).send(takenOf(outcome));
}

function takenOf(outcome: Outcome): { taken: number; readings: number; dropped: Readonly<Record<string, number>> } {
  if (outcome.kind !== 'taken') return { taken: 0, readings: 0, dropped: { [outcome.reason]: 1 } };
  return { taken: outcome.sightings, readings: outcome.readings, dropped: outcome.dropped.counts };
}

const statusOf: Readonly<Record<Exclude<MessageDrop, 'not-sightings' | 'unknown-topic'> | DeadReason, number>> = {
  'too-large': HttpStatus.PAYLOAD_TOO_LARGE,
  flood: HttpStatus.TOO_MANY_REQUESTS,
  'bad-json': HttpStatus.BAD_REQUEST,
  'bad-schema': HttpStatus.BAD_REQUEST,
  'unknown-format': HttpStatus.BAD_REQUEST,
};

/** Null: it was a message like many, and is accepted, if not every sighting in it was wanted. */
function refusalOf(gatewayId: string, outcome: Outcome): Refusal | null {
  if (outcome.kind === 'taken') return sightingsRefusal(gatewayId, outcome);
  const { reason } = outcome;
  if (reason === 'not-sightings' || reason === 'unknown-topic') return null;
  const status = statusOf[reason];
  if (outcome.kind === 'dead') return { status, reason, detail: `${said[outcome.reason]}: ${outcome.detail}` };
  const detail = outcome.reason === 'flood' ? `Gateway ${gatewayId} sends too many messages` : 'Larger than 1 MB';
  return { status, reason, detail };
}

const said: Readonly<Record<DeadReason, string>> = {
  'bad-json': 'Not JSON',
  'bad-schema': 'Not as its format has it',
  'unknown-format': 'Not understood',
};

/** A sender who has something to put right is told so: an unknown gateway, or a message with nothing readable in it. */
function sightingsRefusal(gatewayId: string, { sightings, dropped }: Outcome & { kind: 'taken' }): Refusal | null {
  if (sightings > 0) return null;
  const { counts, first } = dropped;
  if ('unknown-gateway' in counts) {
    const detail = `Gateway ${gatewayId} is not on the plan of this site`;
    return { status: HttpStatus.NOT_FOUND, reason: 'unknown-gateway', detail };
  }
  if ('gateway-mismatch' in counts) {
    const detail = `The path names gateway ${gatewayId}, the message another one of this site`;
    return { status: HttpStatus.BAD_REQUEST, reason: 'gateway-mismatch', detail };
  }
  const readable = Object.keys(counts).some((reason) => reason === 'unknown-tag' || reason === 'badge');
  if (first.length === 0 && 'bad-clock' in counts && !readable) {
    const detail = "The times in it cannot be true by what is known of this gateway's clock";
    return { status: HttpStatus.BAD_REQUEST, reason: 'bad-clock', detail };
  }
  if (first.length === 0 || readable) return null;
  const errors = first.map(({ where, reason }) => ({ path: where, reason }));
  const detail = `No sighting in it can be read; ${errors[0]?.path ?? ''}: ${errors[0]?.reason ?? ''}`;
  return { status: HttpStatus.BAD_REQUEST, reason: errors[0]?.reason ?? '', detail, errors };
}

function refuse(reply: FastifyReply, { status, ...rest }: Refusal): void {
  const problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, ...rest };
  void reply.status(status).header('content-type', 'application/problem+json').send(JSON.stringify(problem));
}
