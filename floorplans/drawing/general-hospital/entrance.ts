import { entranceHall } from '../common-furniture';
import { rectOf } from '../geometry';
import type { LevelBoard, Pen } from '../pen';
import { drawCentre, drawLink, LANDING } from './circulation';
import { BAND, LINK, PART, STAIR_DEPTH } from './grid';

const HALL_EAST = 72;
const RECORDS_WEST = 79;

/** Everything a visitor crosses on the ground: main hall, concourses, café, chapel, registration. */
export function drawEntrance(board: LevelBoard): void {
  const pen = drawCentre(
    board,
    {
      id: 'main-entrance',
      name: { en: 'Main entrance and public areas', fr: 'Entrée principale et aires publiques' },
      short: 'Main entrance',
      category: 'unspecified',
    },
    { ends: 'open', stairDoors: [{ side: 'E', at: LANDING / 2 }] },
  );
  drawHall(pen);
  pen.row({
    from: PART.centre[0],
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      { spaceType: 'chapel', length: 9 },
      { spaceType: 'conference', length: 13, name: { en: 'Education room', fr: 'Salle d’enseignement' } },
    ],
  });
  pen.room(rectOf([PART.centre[0], LINK[0]], BAND.southRow), 'reception', {
    name: { en: 'Patient registration', fr: 'Inscription des patients' },
    front: 'N',
    doors: [{ side: 'N', width: 2.0 }],
  });
  drawLink(pen, { en: 'Emergency link', fr: 'Passage de l’urgence' }, { side: 'S', at: 1.9, width: 2.4 });
  drawCafe(pen);
}

function drawHall(pen: Pen): void {
  pen.room(rectOf([PART.east[0], HALL_EAST], [BAND.southRow[0], BAND.core[1]]), 'lobby', {
    name: { en: 'Main hall', fr: 'Hall principal' },
    furniture: entranceHall,
    doors: [
      { side: 'S', exterior: true, category: 'pedestrian.principal', width: 2.4 },
      { side: 'N', virtual: true, width: 8 },
      { side: 'E', at: 7.5, virtual: true, width: 2.6 },
    ],
  });
  pen.corridor([PART.east[0], PART.east[1]], BAND.northCorridor, { en: 'East concourse', fr: 'Passage est' });
  pen.corridor([HALL_EAST, PART.east[1]], BAND.southCorridor, { en: 'Café walk', fr: 'Passage du café' });
}

function drawCafe(pen: Pen): void {
  pen.row({
    from: HALL_EAST,
    band: BAND.southRow,
    axis: 'x',
    front: 'N',
    rooms: [
      { spaceType: 'cafe', length: 10, doors: [{ side: 'N' }, { side: 'W', width: 3, virtual: true }] },
      { spaceType: 'kitchen', length: 8, doors: [{ side: 'N' }, { side: 'W', at: 4.5, width: 1.1 }] },
    ],
  });
}

/** Pharmacy, laboratory and records: east of the main hall. */
export function drawDiagnostics(board: LevelBoard): void {
  drawPharmacy(board);
  drawLaboratory(board);
  drawRecords(board);
}

function drawPharmacy(board: LevelBoard): void {
  const pharmacy = board.pen(
    { id: 'pharmacy', name: { en: 'Pharmacy', fr: 'Pharmacie' }, short: 'Pharmacy', category: 'pharmacy' },
    201,
  );
  pharmacy.room(rectOf([HALL_EAST, PART.east[1] - STAIR_DEPTH], BAND.core), 'pharmacy', {
    name: { en: 'Pharmacy', fr: 'Pharmacie' },
    doors: [
      { side: 'S', at: 3 },
      { side: 'N', at: 11, width: 1.2 },
    ],
  });
}

function drawLaboratory(board: LevelBoard): void {
  const laboratory = board.pen(
    {
      id: 'laboratory',
      name: { en: 'Laboratory', fr: 'Laboratoire' },
      short: 'Laboratory',
      category: 'laboratorytesting',
    },
    211,
  );
  laboratory.row({
    from: PART.east[0],
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      { spaceType: 'treatment-room', length: 7, name: { en: 'Blood collection', fr: 'Centre de prélèvements' } },
      { spaceType: 'laboratory', length: 16, name: { en: 'Core laboratory', fr: 'Laboratoire central' } },
    ],
  });
}

function drawRecords(board: LevelBoard): void {
  const records = board.pen(
    {
      id: 'records',
      name: { en: 'Health records', fr: 'Archives médicales' },
      short: 'Records',
      category: 'unspecified',
    },
    221,
  );
  records.row({
    from: RECORDS_WEST,
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      {
        spaceType: 'office',
        length: PART.east[1] - RECORDS_WEST,
        name: { en: 'Health records', fr: 'Archives médicales' },
      },
    ],
  });
}

/** The single-storey block behind: what arrives by lorry and what is kept for the whole house. */
export function drawLogistics(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: 'logistics',
      name: { en: 'Supply and logistics', fr: 'Approvisionnement et logistique' },
      short: 'Logistics',
      category: 'unspecified',
    },
    401,
  );
  const [west, east] = PART.service;
  pen.corridor(PART.service, BAND.northCorridor, { en: 'Service corridor', fr: 'Corridor de service' }, [
    { side: 'W', width: 2.0, category: 'service' },
    { side: 'E', width: 1.8, category: 'emergencyexit', exterior: true },
  ]);
  pen.row({
    from: west,
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      {
        spaceType: 'equipment-store',
        length: 10,
        name: { en: 'Central equipment depot', fr: 'Dépôt central d’équipement' },
      },
      { spaceType: 'plant-room', length: 10 },
    ],
  });
  const south = [BAND.southRow[0], BAND.core[1]] as const;
  pen.room(rectOf([west, west + 10], south), 'supply-store', {
    name: { en: 'Central stores', fr: 'Magasin central' },
    front: 'N',
    doors: [{ side: 'N' }, { side: 'W', at: 7.5, width: 1.8, category: 'service' }, { side: 'E', at: 11 }],
  });
  pen.room(rectOf([west + 10, east], south), 'receiving', {
    front: 'N',
    doors: [{ side: 'N' }, { side: 'E', at: 6, width: 2.4, category: 'service', exterior: true }],
  });
}
