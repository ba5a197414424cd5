import type { Point, Ring } from '../../../src/core';
import type { DrawnLevel, DrawnSection } from '../drawn';
import { LevelBoard } from '../pen';
import { drawCentre } from './circulation';
import { drawEmergency } from './emergency';
import { drawDiagnostics, drawEntrance, drawLogistics } from './entrance';
import { BAND, LINK, PART } from './grid';
import { drawImaging } from './imaging';
import { drawIntensiveCare } from './intensive-care';
import { drawOutpatient } from './outpatient';
import { drawBiomed, drawSterileProcessing, drawTheatres } from './theatres';
import { drawWard } from './ward';

/** Concrete slab and ceiling void included, metres. */
const STOREY = 4.2;

const ring = (...points: Point[]): Ring => [...points, ...points.slice(0, 1)];

/** The bar with a wing whose south end is at `south`, `east` long. */
const withWing = (south: number, east: number): Ring =>
  ring([0, 38], [32, 38], [32, south], [56, south], [56, 38], [east, 38], [east, 62], [0, 62]);

const bar = ring([0, 38], [90, 38], [90, 62], [0, 62]);

function boardOf(ordinal: number, outline: Ring): LevelBoard {
  const name =
    ordinal === 0 ? { en: 'Ground', fr: 'Rez-de-chaussée' } : { en: `Level ${ordinal}`, fr: `Niveau ${ordinal}` };
  const elevation = Math.round(ordinal * STOREY * 100) / 100;
  return new LevelBoard({ id: `L${ordinal}`, name, ordinal, elevation, height: STOREY, outline });
}

const publicSection = (ordinal: number): DrawnSection => ({
  id: `public-${ordinal}`,
  name: { en: `Public areas, level ${ordinal}`, fr: `Aires publiques, niveau ${ordinal}` },
  short: `Public ${ordinal}`,
  category: 'unspecified',
});

function drawGround(): DrawnLevel {
  const board = boardOf(0, withWing(0, PART.service[1]));
  drawEntrance(board);
  drawImaging(board);
  drawDiagnostics(board);
  drawEmergency(board);
  drawLogistics(board);
  return board.finish();
}

function drawSurgical(): DrawnLevel {
  const board = boardOf(1, withWing(6, PART.east[1]));
  const centre = drawCentre(board, publicSection(1), { ends: 'doors', stairDoors: [{ side: 'S', access: 'staff' }] });
  centre.row({
    from: PART.centre[0],
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      { spaceType: 'waiting', length: 13, name: { en: 'Surgical waiting', fr: 'Salle d’attente, chirurgie' } },
      { spaceType: 'office', length: 9, name: { en: 'Surgical booking', fr: 'Programmation opératoire' } },
    ],
  });
  drawTheatres(board);
  drawSterileProcessing(board);
  drawBiomed(board);
  drawIntensiveCare(board);
  return board.finish();
}

/** The public middle of a ward level: visitors to the north, teaching or offices to the south. */
function drawWardCentre(board: LevelBoard, south: 'conference' | 'office', name: { en: string; fr: string }): void {
  const centre = drawCentre(board, publicSection(board.level.ordinal), { ends: 'doors' });
  const row = { axis: 'x', from: PART.centre[0] } as const;
  centre.row({
    ...row,
    band: BAND.northRow,
    front: 'S',
    rooms: [
      { spaceType: 'waiting', length: 13, name: { en: 'Visitor lounge', fr: 'Salon des visiteurs' } },
      {
        spaceType: 'conference',
        length: 9,
        name: { en: 'Family meeting room', fr: 'Salle de rencontre des familles' },
      },
    ],
  });
  const length = LINK[1] - PART.centre[0];
  centre.row({ ...row, band: BAND.southRow, front: 'N', rooms: [{ spaceType: south, length, name }] });
}

function drawLevelTwo(): DrawnLevel {
  const board = boardOf(2, bar);
  drawWardCentre(board, 'conference', { en: 'Teaching room', fr: 'Salle d’enseignement clinique' });
  drawWard(board, {
    section: {
      id: '2-west',
      name: { en: '2 West, medicine', fr: '2 Ouest, médecine' },
      short: '2 West',
      category: 'internalmedicine',
    },
    end: 'west',
    firstNumber: 101,
  });
  drawWard(board, {
    section: {
      id: '2-east',
      name: { en: '2 East, orthopaedics', fr: '2 Est, orthopédie' },
      short: '2 East',
      category: 'orthopedics',
    },
    end: 'east',
    firstNumber: 201,
  });
  return board.finish();
}

function drawLevelThree(): DrawnLevel {
  const board = boardOf(3, bar);
  drawWardCentre(board, 'office', { en: 'Administration', fr: 'Administration' });
  drawWard(board, {
    section: {
      id: '3-west',
      name: { en: '3 West, cardiology', fr: '3 Ouest, cardiologie' },
      short: '3 West',
      category: 'cardiology',
    },
    end: 'west',
    firstNumber: 101,
  });
  drawOutpatient(board);
  return board.finish();
}

export function drawLevels(): readonly DrawnLevel[] {
  return [drawGround(), drawSurgical(), drawLevelTwo(), drawLevelThree()];
}
