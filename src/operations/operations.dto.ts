import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const at = z.number().describe('Epoch ms');
const perSecond = z.number().min(0).describe('A second, over the last seconds');
const lag = z.object({
  oldestS: z.number().describe('Age of the oldest entry that waits, seconds; 0 when none does'),
  shardsBehind: z.number().describe('Shards in which something waits'),
});

const operations = z.object({
  now: at,
  status: z.enum(['ok', 'behind']).describe('`behind`: tracking or history is more than 30 s late'),
  lag: z.object({ tracking: lag, history: lag }),
  rates: z.object({
    messages: perSecond,
    sightings: perSecond,
    tracked: perSecond,
    moves: perSecond,
    rows: perSecond,
  }),
  doors: z.array(z.object({ door: z.string(), lastMessageAt: at })).readonly(),
  dropped: z
    .array(z.object({ step: z.string(), reason: z.string(), count: z.number() }))
    .readonly()
    .describe('Since each process started, all together, the most frequent first'),
  putAside: z.number().describe('Messages kept because they could not be read: GET /api/dead-letters'),
  processes: z
    .array(
      z.object({
        name: z.string().describe('Host and process id'),
        roles: z.array(z.string()).readonly(),
        upS: z.number(),
        memoryBytes: z.number(),
        cores: z.number().describe('Share of one core it uses'),
        reportedAt: at,
      }),
    )
    .readonly(),
  gateways: z
    .array(z.object({ id: z.string(), levelId: z.string(), lastMessageAt: at.nullable() }))
    .readonly()
    .describe('The longest silent first; null: no message was seen of it yet'),
});

export type Operations = z.infer<typeof operations>;

/** How the service runs, over all its processes. */
export class OperationsDto extends createZodDto(operations) {}
