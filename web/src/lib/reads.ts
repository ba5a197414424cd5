/** Names what an effect or a derived value depends on besides what it uses: reading is what subscribes. */
export const reads = (..._values: readonly unknown[]): void => undefined;
