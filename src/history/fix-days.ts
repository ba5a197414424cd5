/** What differs between the two kinds of database: how `fix` is split by day, and how old days go. */
export interface FixDays {
  /** Makes room for rows of these instants (epoch ms). Whatever the instants, the insert that follows cannot fail. */
  makeRoom(instants: readonly number[]): Promise<void>;
  /** Deletes what is older than the retention, makes room for the days to come. At start and then every hour. */
  tidy(now: number): Promise<void>;
}
