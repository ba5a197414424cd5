import type { Page } from 'playwright-core';
import type { Screen } from '../support/screens';

export interface Size {
  readonly name: 'tablet' | 'portrait' | 'phone' | 'wallboard' | 'desktop';
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Pictures side by side on a sheet, and how much smaller. */
  readonly columns: number;
  readonly scale: number;
}

export const sizes: readonly Size[] = [
  { name: 'tablet', title: 'tablet', width: 1280, height: 800, columns: 2, scale: 0.6 },
  { name: 'phone', title: 'phone', width: 390, height: 844, columns: 4, scale: 0.85 },
  { name: 'portrait', title: 'tablet held upright', width: 800, height: 1280, columns: 4, scale: 0.45 },
  { name: 'wallboard', title: 'wall', width: 1920, height: 1080, columns: 2, scale: 0.42 },
  { name: 'desktop', title: 'desk', width: 1440, height: 900, columns: 2, scale: 0.55 },
];

/** Pictures that the README and the walk show alone, by sheet and look. */
export const singles: ReadonlySet<string> = new Set([
  'tablet-home-light-en',
  'tablet-home-dark-fr',
  'tablet-nearest-light-en',
  'tablet-worklist-light-en',
  'phone-nearest-dark-fr',
  'portrait-nearest-light-en',
  'wallboard-wall-light-en',
]);

const gap = 12;
const quality = 0.82;

/** Puts pictures of one screen on one sheet, as WebP. */
export async function sheetOf(desk: Page, pictures: readonly Buffer[], size: Size): Promise<Buffer> {
  const sources = pictures.map((picture) => `data:image/png;base64,${picture.toString('base64')}`);
  const [width, height] = [Math.round(size.width * size.scale), Math.round(size.height * size.scale)];
  const rows = Math.ceil(pictures.length / size.columns);
  const data = await desk.evaluate<string>(`(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = ${size.columns * (width + gap) - gap};
    canvas.height = ${rows * (height + gap) - gap};
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    let i = 0;
    for (const source of ${JSON.stringify(sources)}) {
      const image = await createImageBitmap(await (await fetch(source)).blob());
      const [x, y] = [(i % ${size.columns}) * ${width + gap}, Math.floor(i / ${size.columns}) * ${height + gap}];
      context.drawImage(image, x, y, ${width}, ${height});
      i += 1;
    }
    return canvas.toDataURL('image/webp', ${quality});
  })()`);
  return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64');
}

/** docs/screens.md: every screen in every size it was pictured in. */
export function screensPage(screens: readonly Screen[]): string {
  const sections = screens.map((screen) => {
    const shown = sizes.filter(({ name }) => name === 'tablet' || screen.sizes.some((size) => size === name));
    const images = shown.map(
      ({ name, title }) => `![${screen.title}, ${title}](images/screens/${name}-${screen.name}.webp)`,
    );
    return `## ${screen.title}\n\n${images.join('\n\n')}`;
  });
  return `# Every screen

Made by \`npm run pictures -- <address> docs/images/screens\` from the running app with the demonstration hospital; a third argument with
parts of names (\`phone-home,worklist\`) makes only those. Each
sheet shows one screen in four looks: English light, English dark, French light, French dark. Sizes: tablet
1280 × 800, upright 800 × 1280, phone 390 × 844, wall 1920 × 1080, desk 1440 × 900.

${sections.join('\n\n')}
`;
}
