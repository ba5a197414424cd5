/** Props a test may change after mounting. */
export function reactiveProps<P extends Record<string, unknown>>(initial: P): P {
  const props = $state(initial);
  return props;
}
