import { DatabaseError } from 'pg';

/** Name of the unique constraint a query broke; null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  return error instanceof DatabaseError && error.code === '23505' ? (error.constraint ?? null) : null;
}
