/** The sentences of the map, in English. */
export const map = {
  map: {
    pane: 'Map',
    label: 'Floor plan',
    levels: 'Levels',
    level: (name: string, n: number) => `${name}, ${n} ${n === 1 ? 'item' : 'items'}`,
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    whole: 'Show the whole level',
    legend: 'Legend',
    faded: 'Faded: not heard lately',
    circle: 'Circle: where it is, 9 times in 10',
  },
};
