/** What axe said of one screen in one look. */
export interface AxeRow {
  readonly screen: string;
  /** Language and theme. */
  readonly look: string;
  /** Rules that held. */
  readonly passed: number;
  /** Rules a person has to look at. */
  readonly unsure: readonly string[];
  readonly faults: readonly { readonly id: string; readonly impact: string; readonly where: string }[];
}

/** A table by screen, for docs/accessibility.md. */
export function axeReport(rows: readonly AxeRow[]): string {
  const screens = [...new Set(rows.map(({ screen }) => screen))];
  const lines = screens.map((screen) => {
    const own = rows.filter((row) => row.screen === screen);
    const faults = own.flatMap((row) => row.faults.map(({ id, impact }) => `${id} (${impact}, ${row.look})`));
    const unsure = [...new Set(own.flatMap((row) => row.unsure))].sort();
    const passed = Math.min(...own.map((row) => row.passed));
    return `| ${screen} | ${own.length} | ${passed} | ${faults.length === 0 ? 'none' : faults.join(', ')} | ${unsure.join(', ') || '–'} |`;
  });
  const faults = rows.reduce((sum, row) => sum + row.faults.length, 0);
  return `# Accessibility

Made by \`npm run accessibility\`: [axe](https://github.com/dequelabs/axe-core) on every screen of the running app, in
English and French, light and dark, ${rows.length} times in all. A serious or critical fault fails
the tests.

**${faults === 0 ? 'No fault was found.' : `${faults} faults were found.`}**

"Left to the eye" are rules axe cannot decide by itself, mostly the contrast of text over the map or over a picture.

| screen | looks tried | rules that held, at least | faults | left to the eye |
| --- | --- | --- | --- | --- |
${lines.join('\n')}

## What axe cannot see, and how it is held

- **By keyboard alone**: a whole search, from the search box to the claim and back, with the focus in sight at every
  step (\`test/browser/by-hand.test.ts\`). \`/\` goes to the search box, arrows go through lists, Escape goes back.
- **By finger**: everything that can be tapped is at least 48 pixels high (\`--target\` in \`web/src/tokens.css\`).
- **By ear**: every screen has one first heading, which takes the focus when the screen opens; news comes in live
  regions; the map is named and everything on it is in the list too.
- **Never colour alone**: each availability has its shape, sign and word, on the map as in the list.
- **Still**: with \`prefers-reduced-motion\` nothing moves but the clock and the dots' new places.
`;
}
