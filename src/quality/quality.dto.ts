import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const share = z.number().min(0).max(1);

const quality = z.object({
  sections: z
    .array(
      z.object({
        sectionId: z.string().nullable().describe('Null: outside every section'),
        leaveOneOutM: z
          .number()
          .nullable()
          .describe('Median of how far positions move when one gateway is not listened to, metres'),
        tagsLookedAt: z.number(),
        hitRate: share.nullable().describe('Share of looks at reference tags that found the right room'),
        insideRadius90: share.nullable().describe('Share of these looks whose radius90 held the tag'),
        referenceLooks: z.number(),
        isReliable: z
          .boolean()
          .nullable()
          .describe('Whether reports may rest on this section: hit rate of 0.8 and more in 30 looks; null: unknown'),
      }),
    )
    .readonly(),
});

/** How well tags are located, by section. */
export class QualityDto extends createZodDto(quality) {}
