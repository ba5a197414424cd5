import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { shortText } from '../asset.dto';

const epochMs = z.number().int().describe('Epoch milliseconds');
const from = z.string().max(300).describe('Where one stands: unit:<id> or <levelId>,<x>,<y> in metres of the level');

export class OriginDto extends createZodDto(z.object({ from })) {}

const pairingWindow = z.object({ gatewayId: z.string(), until: epochMs });

export class OpenWindowDto extends createZodDto(
  pairingWindow.extend({ metres: z.number().describe('To the gateway to hold the tag to') }),
) {}

export class ClosestDto extends createZodDto(
  z.object({
    now: epochMs,
    window: pairingWindow.nullable().describe('Null when no pairing window is open'),
    tags: z
      .array(
        z.object({
          tagId: z.string(),
          known: z.boolean().describe('Enrolled and followed; false for one only heard in the pairing window'),
          metres: z.number().nullable(),
          rssi: z.number().nullable().describe('dBm at the gateway of the window'),
          at: epochMs,
        }),
      )
      .readonly()
      .describe('Tags no asset wears, the closest first'),
    isClear: z.boolean().describe('The first is so much closer than the rest that it can only be that one'),
  }),
) {}

export class SpareTagsDto extends createZodDto(z.object({ tagIds: z.array(shortText).min(1).max(1_000) }).strict()) {}
export class SpareTagParamDto extends createZodDto(z.object({ tagId: shortText })) {}
export class SpareTagListDto extends createZodDto(z.object({ tagIds: z.array(z.string()).readonly() })) {}
