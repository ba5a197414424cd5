/**
 * What a process said to be ready must have, and has not yet: doors that are opened by whoever starts it. Whoever adds
 * something takes it away again when it is there.
 */
export const awaited = new Set<'MQTT door'>();
