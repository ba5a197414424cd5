import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const instant = z.coerce.number().int().min(0).max(8.64e15);

export class SectionParamDto extends createZodDto(z.object({ siteId: z.string(), sectionId: z.string() })) {}

export class OccupancyQueryDto extends createZodDto(
  z
    .object({
      from: instant.optional().describe('Epoch ms; a day before `to` unless given, or 30 days when asked by day'),
      to: instant.optional().describe('Epoch ms; now unless given'),
      by: z.enum(['hour', 'day']).default('hour').describe('Days are of UTC'),
    })
    .refine(({ from, to }) => from === undefined || to === undefined || from <= to, '`from` must not be after `to`'),
) {}

const occupancy = z.object({
  siteId: z.string(),
  sectionId: z.string(),
  from: z.number().describe('Begin of the first hour or day, epoch ms'),
  to: z.number().describe('End of the last one'),
  by: z.enum(['hour', 'day']),
  steps: z
    .array(
      z.object({
        at: z.number().describe('When the hour or day begins, epoch ms'),
        kind: z.string().describe('Kind of equipment; `unknown` for a tag on none'),
        tags: z.number().int().describe('How many different ones were there'),
        mean: z.number().describe('How many were there on average over the hour or day, or over what has passed of it'),
      }),
    )
    .describe('Oldest first, then by kind; an hour in which nothing was there is absent'),
});

/** How full a section was, by hour or day and kind of equipment. */
export class OccupancyDto extends createZodDto(occupancy) {}
