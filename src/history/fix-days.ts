/** The tables that are split by day, by their column `at`. */
export const dayTables = ['fix', 'stay_hour'] as const;
export type DayTable = (typeof dayTables)[number];

/** What differs between the two kinds of database: how tables are split by day, and how old days go. */
export interface FixDays {
  /** Makes room for rows of these instants (epoch ms). Whatever the instants, the insert that follows cannot fail. */
  makeRoom(instants: readonly number[], table?: DayTable): Promise<void>;
  /** Deletes what is older than the retention, makes room for the days to come. At start and then every hour. */
  tidy(now: number): Promise<void>;
}
