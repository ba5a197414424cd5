import type { Focus } from './focus';

/** What axe said of one screen in one look. */
export interface AxeRow {
  readonly screen: string;
  /** Language and theme. */
  readonly look: string;
  /** Rules that held. */
  readonly passed: number;
  /** Buttons, links, fields and choices as a screen reader is told of them, and those told without a name. */
  readonly named: number;
  readonly nameless: readonly string[];
  /** Rules a person has to look at. */
  readonly unsure: readonly string[];
  readonly faults: readonly { readonly id: string; readonly impact: string; readonly where: string }[];
}

/** What was met on the way by Tab alone. */
export interface KeyboardWalk {
  readonly screen: string;
  /** In the order of Tab. */
  readonly stops: readonly Focus[];
}

const controls = /^\s*- (?:button|link|textbox|radio|combobox|checkbox)\b(?<name> "[^"]+")?/;

/** Counts the controls of an accessibility tree, and finds those without a name. */
export function namesIn(tree: string): Pick<AxeRow, 'named' | 'nameless'> {
  const met = tree.split('\n').flatMap((line) => {
    const found = controls.exec(line);
    return found === null ? [] : [{ line: line.trim(), isNamed: found.groups?.['name'] !== undefined }];
  });
  const nameless = met.filter(({ isNamed }) => !isNamed).map(({ line }) => line);
  return { named: met.length - nameless.length, nameless };
}

const walkText = ({ screen, stops }: KeyboardWalk): string => {
  const names = stops.map(({ name }) => name.replace(/\s+/g, ' ').trim());
  const hidden = stops.filter(({ visible }) => !visible).length;
  return `**${screen}**, ${stops.length} presses of Tab, ${hidden === 0 ? 'the focus in sight at each' : `${hidden} times out of sight`}: ${names.join(' → ')}`;
};

/** A table by screen, for docs/accessibility.md. `told`: the tree of the nearest, as read aloud. */
export function axeReport(rows: readonly AxeRow[], walks: readonly KeyboardWalk[], told: string): string {
  const screens = [...new Set(rows.map(({ screen }) => screen))];
  const lines = screens.map((screen) => {
    const own = rows.filter((row) => row.screen === screen);
    const faults = own.flatMap((row) => row.faults.map(({ id, impact }) => `${id} (${impact}, ${row.look})`));
    const unsure = [...new Set(own.flatMap((row) => row.unsure))].sort();
    const passed = Math.min(...own.map((row) => row.passed));
    const nameless = own.reduce((sum, row) => sum + row.nameless.length, 0);
    const named = `${Math.min(...own.map((row) => row.named))}${nameless === 0 ? '' : `, ${nameless} without`}`;
    return `| ${screen} | ${own.length} | ${passed} | ${named} | ${faults.length === 0 ? 'none' : faults.join(', ')} | ${unsure.join(', ') || '–'} |`;
  });
  const faults = rows.reduce((sum, row) => sum + row.faults.length, 0);
  return `# Accessibility

Made by \`npm run accessibility\`: [axe](https://github.com/dequelabs/axe-core) on every screen of the running app, in
English and French, light and dark, ${rows.length} times in all. A serious or critical fault fails
the tests.

**${faults === 0 ? 'No fault was found.' : `${faults} faults were found.`}**

"Left to the eye" are rules axe cannot decide by itself, mostly the contrast of text over the map or over a picture.

| screen | looks tried | rules that held, at least | controls with a name, at least | faults | left to the eye |
| --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

## By keyboard

${walks.map(walkText).join('\n\n')}

## What a screen reader is told of the nearest

\`\`\`yaml
${told}
\`\`\`

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
