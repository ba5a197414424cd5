/** Every table as kysely knows it. Each module adds the tables it alone writes; migrations make them. */
// eslint-disable-next-line
export interface Tables {}
