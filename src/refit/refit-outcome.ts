import { z } from 'zod';

export const refitOutcomes = ['kept', 'unchanged', 'refused', 'too-little', 'held'] as const;

/** How the last refit ended, as all processes see it. */
export const refitOutcomeSchema = z.object({
  at: z.number().describe('Epoch ms'),
  outcome: z
    .enum(refitOutcomes)
    .describe(
      '`unchanged`: it said nothing new; `too-little` was heard; `held`: an earlier version was put back by a person, and stays',
    ),
  detail: z.string(),
});
export type RefitOutcome = z.infer<typeof refitOutcomeSchema>;
