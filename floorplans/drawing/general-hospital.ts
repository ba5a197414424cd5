/** Draws floorplans/general-hospital: `npm run draw`. The same drawing every time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { featuresOf } from './features';
import { placeAssets } from './general-hospital/assets';
import { placeGateways } from './general-hospital/gateways';
import { drawLevels } from './general-hospital/levels';

const FOLDER = join(__dirname, '..', 'general-hospital');

/** One feature or record a line, so that a moved door is one changed line. */
const lines = (items: readonly unknown[]): string => items.map((item) => JSON.stringify(item)).join(',\n');

function write(name: string, text: string): void {
  writeFileSync(join(FOLDER, name), `${text}\n`);
}

const levels = drawLevels();
const site = {
  id: 'general-hospital',
  name: 'General Hospital',
  georeference: { lng: -75.7236, lat: 45.3081, rotationDeg: 12 },
  tagHeight: 1.0,
  method: 'bayes-grid',
  levels: levels.map(({ id, name, ordinal, elevation, height }) => ({
    id,
    name: name.en,
    names: { fr: name.fr },
    ordinal,
    elevation,
    height,
    plan: `${id}.geojson`,
  })),
};

mkdirSync(FOLDER, { recursive: true });
write('site.json', JSON.stringify(site, null, 2));
for (const level of levels) {
  write(`${level.id}.geojson`, `{"type":"FeatureCollection","features":[\n${lines(featuresOf(level))}\n]}`);
}
write('gateways.json', `[\n${lines(placeGateways())}\n]`);
write('assets.json', `[\n${lines(placeAssets(levels))}\n]`);
