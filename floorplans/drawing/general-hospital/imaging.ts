import type { Door } from '../drawn';
import { ct, mri, sonography, stretcherBays, xray } from '../clinical-furniture';
import { rectOf } from '../geometry';
import type { LevelBoard, Pen } from '../pen';
import { BAND, PART } from './grid';

const wayOut: Door = { side: 'W', exterior: true, category: 'emergencyexit', width: 1.8 };

/** Scanners on the north side around one control room, plain film and ultrasound on the south, holding between. */
export function drawImaging(board: LevelBoard): void {
  const pen = board.pen(
    {
      id: 'imaging',
      name: { en: 'Medical imaging', fr: 'Imagerie médicale' },
      short: 'Imaging',
      category: 'diagnosticimaging',
    },
    101,
  );
  pen.corridor(PART.west, BAND.northCorridor, { en: 'Imaging north corridor', fr: 'Corridor nord, imagerie' }, [
    wayOut,
  ]);
  pen.corridor(PART.west, BAND.southCorridor, { en: 'Imaging south corridor', fr: 'Corridor sud, imagerie' }, [wayOut]);
  drawScanners(pen);
  drawFilmAndUltrasound(pen);
  drawHolding(pen);
}

function drawScanners(pen: Pen): void {
  pen.row({
    from: 0,
    band: BAND.northRow,
    axis: 'x',
    front: 'S',
    rooms: [
      { spaceType: 'plant-room', length: 3.6, name: { en: 'MRI equipment room', fr: 'Salle technique IRM' } },
      {
        spaceType: 'imaging-room',
        length: 8,
        name: { en: 'MRI', fr: 'IRM' },
        furniture: mri,
        doors: [
          { side: 'S', at: 6 },
          { side: 'W', at: 3, width: 1.0 },
        ],
      },
      {
        spaceType: 'control-room',
        length: 6,
        name: { en: 'MRI and CT control', fr: 'Salle de commande IRM et TDM' },
        doors: [{ side: 'S' }, { side: 'W', at: 1.5 }, { side: 'E', at: 1.5 }],
      },
      { spaceType: 'imaging-room', length: 8, name: { en: 'CT', fr: 'Tomodensitométrie' }, furniture: ct },
      { spaceType: 'imaging-room', length: 8.4, name: { en: 'X-ray 1', fr: 'Radiographie 1' }, furniture: xray },
    ],
  });
}

function drawFilmAndUltrasound(pen: Pen): void {
  pen.row({
    from: 0,
    band: BAND.southRow,
    axis: 'x',
    front: 'N',
    rooms: [
      { spaceType: 'office', length: 6.6, name: { en: 'Reading room', fr: 'Salle de lecture' } },
      { spaceType: 'imaging-room', length: 7, name: { en: 'X-ray 2', fr: 'Radiographie 2' }, furniture: xray },
      {
        spaceType: 'imaging-room',
        length: 4.4,
        name: { en: 'Ultrasound 1', fr: 'Échographie 1' },
        furniture: sonography,
      },
      {
        spaceType: 'imaging-room',
        length: 4.4,
        name: { en: 'Ultrasound 2', fr: 'Échographie 2' },
        furniture: sonography,
      },
      { spaceType: 'changing', length: 3.4 },
      { spaceType: 'waiting', length: 8.2, name: { en: 'Imaging waiting', fr: 'Salle d’attente, imagerie' } },
    ],
  });
}

function drawHolding(pen: Pen): void {
  pen.row({
    from: 4,
    band: BAND.coreNorth,
    axis: 'x',
    front: 'N',
    rooms: [
      { spaceType: 'clean-utility', length: 5 },
      { spaceType: 'equipment-store', length: 7 },
    ],
  });
  pen.row({
    from: 4,
    band: BAND.coreSouth,
    axis: 'x',
    front: 'S',
    rooms: [
      { spaceType: 'soiled-utility', length: 5 },
      { spaceType: 'staff-break', length: 7 },
    ],
  });
  pen.room(rectOf([16, 26.5], BAND.core), 'recovery', {
    name: { en: 'Imaging holding bay', fr: 'Salle d’attente sur civière' },
    furniture: stretcherBays,
    doors: [
      { side: 'S', at: 2 },
      { side: 'N', at: 8.4 },
    ],
  });
  pen.room(rectOf([26.5, 34], BAND.core), 'reception', {
    name: { en: 'Imaging reception', fr: 'Accueil de l’imagerie' },
    doors: [{ side: 'S', virtual: true, width: 4 }, { side: 'N' }],
  });
}
