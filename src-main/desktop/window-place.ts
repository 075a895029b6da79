/** Where the window was, in device-independent pixels. */
export interface WindowPlace {
  x?: number;
  y?: number;
  width: number;
  height: number;
  maximised: boolean;
}
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const smallest = { width: 960, height: 600 };
const usual: WindowPlace = { width: 1440, height: 900, maximised: false };

/** The remembered place, if it still lies on a display: a window on a display that was taken away opens centred on the main one. */
export function placeOn(displays: Area[], remembered: WindowPlace | null): WindowPlace {
  const place = remembered ?? usual;
  const { x, y } = place;
  const home = x === undefined || y === undefined ? undefined : displays.find((area) => holdsTitleBar(area, { x, y, width: place.width }));
  const room = home ?? displays[0] ?? { x: 0, y: 0, width: usual.width, height: usual.height };
  const size = {
    width: Math.max(smallest.width, Math.min(place.width, room.width)),
    height: Math.max(smallest.height, Math.min(place.height, room.height)),
    maximised: place.maximised,
  };
  return home === undefined || x === undefined || y === undefined ? size : { x, y, ...size };
}

/** Enough of the title bar must be reachable to drag the window by it. */
function holdsTitleBar(area: Area, bar: { x: number; y: number; width: number }): boolean {
  const visible = Math.min(bar.x + bar.width, area.x + area.width) - Math.max(bar.x, area.x);
  return visible >= 200 && bar.y >= area.y && bar.y <= area.y + area.height - 40;
}
