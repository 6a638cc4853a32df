// The names of well-known points, without which the plain ground of a map says nothing.

const NAME = { permanent: true, className: "landmark-label" };
const SIDES = { right: [1, 0], left: [-1, 0], bottom: [0, 1], top: [0, -1] };
// How far from its point a name stands, in pixels: beside the dot, or beside a pin that covers it.
const REACHES = [6, 34];
const SPOTS = REACHES.flatMap((reach) =>
  Object.entries(SIDES).map(([direction, side]) => ({
    direction, offset: side.map((part) => part * reach),
  })),
);

// Name them on ``map``, below its pins, and return their marks.
export async function nameLandmarks(map, address) {
  const { L } = globalThis;
  const response = await fetch(address);
  if (!response.ok) return [];
  const { landmarks } = await response.json();
  map.createPane("landmarks").style.zIndex = 590;
  const icon = L.divIcon({ className: "landmark", iconSize: [8, 8] });
  return landmarks.map(({ name, at }) => {
    const pane = "landmarks";
    const mark = L.marker(at, { icon, pane, keyboard: false, interactive: false }).addTo(map);
    return mark.bindTooltip(name, { ...NAME, ...SPOTS[0] });
  });
}

// Put each name where no pin covers it; ``pins`` are marks with icons.
export function clearNames(map, marks, pins) {
  const taken = pins.map((pin) => {
    const at = map.latLngToContainerPoint(pin.getLatLng());
    const [width, height] = pin.options.icon.options.iconSize;
    return boxAt(at.x - width / 2, at.y - height / 2, width, height);
  });
  for (const mark of marks) {
    const tooltip = mark.getTooltip();
    const boxes = SPOTS.map((spot) => boxOf(map, mark, spot));
    const free = boxes.findIndex((box) => fits(map, box) && !taken.some((one) => meet(one, box)));
    const chosen = Math.max(free, 0);
    taken.push(boxes[chosen]);
    mark.unbindTooltip().bindTooltip(tooltip.getContent(), { ...NAME, ...SPOTS[chosen] });
  }
}

function boxOf(map, mark, { direction, offset }) {
  const { offsetWidth: width, offsetHeight: height } = mark.getTooltip().getElement();
  const { x, y } = map.latLngToContainerPoint(mark.getLatLng()).add(offset);
  const left = { right: x, left: x - width }[direction] ?? x - width / 2;
  const top = { bottom: y, top: y - height }[direction] ?? y - height / 2;
  return boxAt(left, top, width, height);
}

function boxAt(left, top, width, height) {
  return { left, top, right: left + width, bottom: top + height };
}

function fits(map, { left, top, right, bottom }) {
  const { x, y } = map.getSize();
  return left >= 0 && top >= 0 && right <= x && bottom <= y;
}

function meet(one, other) {
  return (
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  );
}
