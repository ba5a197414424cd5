import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';
import { refitSchema } from '../sites/calibration-schema';
import { refitOutcomeSchema } from './refit-outcome';

const calibration = z.object({
  version: z.number().nullable().describe('In use in this process; null: none that is kept'),
  fittedAt: z.number().nullable().describe('Epoch ms; null: the default radio model'),
  basis: z.enum(['survey', 'references']).nullable().describe('What it rests on; null: the default radio model'),
  refit: refitSchema.nullable().describe('How the service fitted it anew; null: a person had it fitted'),
  kept: z.array(z.number()).readonly().describe('Versions one can go back to: `calibrate --rollback`'),
  isRefitOn: z.boolean(),
  lastRefit: refitOutcomeSchema.nullable().describe('How the last look at what was heard ended'),
});

/** The radio model in use, what it rests on and what became of the last refit. */
export class CalibrationDto extends createZodDto(calibration) {}
