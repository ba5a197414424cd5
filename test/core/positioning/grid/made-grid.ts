import {
  buildSite,
  buildSiteModel,
  gatewayId,
  levelId,
  type SiteModel,
  type Track,
  unitId,
} from '../../../../src/core';
import { recallState } from '../../../../src/core/positioning/grid/followed-on-grid';
import { emptyState, type GridState } from '../../../../src/core/positioning/grid/grid-state';
import { box, surveyed } from '../../made-site';

const level = levelId('L0');
const unit = (name: string, connector: string | null, ...corners: [number, number, number, number]) => ({
  id: unitId(name),
  levelId: level,
  name: { en: name },
  number: null,
  category: 'room',
  spaceType: null,
  sectionId: null,
  connector,
  polygon: box(...corners),
});

/** Two rooms of 6 × 6 m side by side; the only way between leads through a corridor below, by a door each. */
export const twoRooms = buildSite({
  id: 'two-rooms',
  name: 'Two rooms',
  georeference: null,
  tagHeight: 1,
  levels: [
    {
      id: level,
      name: 'Level',
      ordinal: 0,
      elevation: 0,
      height: 3,
      outline: box(0, 0, 12, 8),
      units: [unit('corridor', null, 0, 0, 12, 2), unit('west', null, 0, 2, 6, 8), unit('east', null, 6, 2, 12, 8)],
      openings: [door('west', 1), door('east', 10)],
      sections: [],
      fixtures: [],
    },
  ],
  gateways: [
    [0, 0],
    [12, 0],
    [0, 8],
    [12, 8],
    [6, 4],
  ].map(([x = 0, y = 0], i) => ({ id: gatewayId(`g${i}`), levelId: level, x, y, z: 2.5, format: null })),
});

function door(room: string, x: number) {
  return {
    id: `door-${room}`,
    levelId: level,
    category: 'pedestrian',
    from: [x, 2] as const,
    to: [x + 1, 2] as const,
    unitIds: [unitId('corridor'), unitId(room)],
  };
}

export const gridModel = (cellM = 0.5): SiteModel => {
  const { grid } = buildSiteModel(twoRooms, surveyed).rules;
  return buildSiteModel(twoRooms, surveyed, { method: 'bayes-grid', grid: { ...grid, cellM, finestCellM: cellM } });
};

export function floorOf(model: SiteModel) {
  const grid = model.levels[0]?.grid;
  if (grid === null || grid === undefined) throw new Error('no grid');
  return grid;
}

/** What the filter knows of a tag, to look at. @throws Error when it is not followed on a grid */
export function stateOf(track: Track | null): GridState {
  if (track?.followed?.method !== 'bayes-grid') throw new Error('not followed on a grid');
  return recallState(track.followed, emptyState());
}
