// The names of well-known points, without which the plain ground of a map says nothing.

const NAME = { permanent: true, direction: "right", offset: [6, 0], className: "landmark-label" };

// Name them on ``map`` and tell where they are.
export async function nameLandmarks(map, address) {
  const { L } = globalThis;
  const response = await fetch(address);
  if (!response.ok) return [];
  const { landmarks } = await response.json();
  const icon = L.divIcon({ className: "landmark", iconSize: [8, 8] });
  for (const { name, at } of landmarks) {
    const mark = L.marker(at, { icon, keyboard: false, interactive: false }).addTo(map);
    mark.bindTooltip(name, NAME);
  }
  return landmarks.map(({ at }) => L.latLng(at));
}
