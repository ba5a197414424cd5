/**
 * Remembers what a pure function said of a text: gateways send the same few thousand over and over. Holds `most` texts
 * and then starts anew, so that made-up ones cannot fill the memory.
 */
export function memo<T>(tell: (text: string) => T, most: number): (text: string) => T {
  const told = new Map<string, T>();
  return (text) => {
    const known = told.get(text);
    if (known !== undefined) return known;
    const answer = tell(text);
    if (told.size >= most) told.clear();
    told.set(text, answer);
    return answer;
  };
}
