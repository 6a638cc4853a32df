// Maps without tiles: a grid of degrees, and the same points as the table of the page.
// The table and the two number fields do all that a map does; it is an addition.

const { L } = globalThis;
const CELL = 56;
const CLOSEST = 17;
const FARTHEST = 6;
const STEPS = [10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005];
const LINES = 8;
// Names beside the marks where there is room for them.
const MOST_LABELS = 12;
const WIDE = 600;
const LABEL = { permanent: true, direction: "right", offset: [18, 0], className: "pin-label" };

// An empty map in ``box`` with the words of ``words`` on its buttons.
function makeMap(box, words) {
  box.hidden = false;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", words.label);
  const map = L.map(box, {
    attributionControl: false,
    zoomControl: false,
    minZoom: FARTHEST,
    maxZoom: CLOSEST + 1,
    fadeAnimation: false,
    zoomAnimation: false,
    markerZoomAnimation: false,
  });
  L.control.zoom({ zoomInTitle: words.nearer, zoomOutTitle: words.farther }).addTo(map);
  drawGrid(map);
  return map;
}

// Lines of whole steps of degrees, as many as one can count.
function drawGrid(map) {
  const lines = L.layerGroup().addTo(map);
  const style = { className: "map-line", interactive: false, weight: 1 };
  const draw = () => {
    lines.clearLayers();
    const bounds = map.getBounds().pad(0.5);
    const span = bounds.getEast() - bounds.getWest();
    const step = STEPS.find((size) => span / size >= LINES) ?? STEPS.at(-1);
    for (let x = Math.floor(bounds.getWest() / step) * step; x < bounds.getEast(); x += step) {
      lines.addLayer(L.polyline([[bounds.getSouth(), x], [bounds.getNorth(), x]], style));
    }
    for (let y = Math.floor(bounds.getSouth() / step) * step; y < bounds.getNorth(); y += step) {
      lines.addLayer(L.polyline([[y, bounds.getWest()], [y, bounds.getEast()]], style));
    }
  };
  map.on("moveend", draw);
}

// A mark of at least 28 pixels: one place, or several with their number.
function pin(at, { text = "", tone = "info", title = "" }, act) {
  const face = document.createElement("span");
  face.textContent = text;
  const icon = L.divIcon({ className: `pin ${tone}`, html: face, iconSize: [32, 32] });
  const mark = L.marker(at, { icon, title, keyboard: true });
  mark.on("click", act);
  mark.on("keypress", (event) => event.originalEvent.key === "Enter" && act());
  return mark;
}

// Points that share a cell of the grid on the screen become one mark with their number.
function cluster(map, points) {
  const cells = new Map();
  for (const point of points) {
    const { x, y } = map.project(point.at);
    const key = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    cells.set(key, [...(cells.get(key) ?? []), point]);
  }
  return [...cells.values()];
}

// The map of all rows of the table that ``box.dataset.map`` names.
function showTable(box) {
  const rows = document.querySelectorAll(`#${box.dataset.map} tbody tr`);
  const points = [...rows].map((row) => {
    const link = row.querySelector("a");
    const at = L.latLng(Number(row.dataset.latitude), Number(row.dataset.longitude));
    return { at, title: link.textContent, href: link.href, tone: row.dataset.tone };
  });
  const map = makeMap(box, box.dataset);
  const labels = points.length <= MOST_LABELS && box.clientWidth >= WIDE;
  const words = { ...box.dataset, labels };
  const marks = L.layerGroup().addTo(map);
  const draw = () => {
    marks.clearLayers();
    for (const group of cluster(map, points)) marks.addLayer(markOf(map, group, words));
  };
  map.on("zoomend", draw);
  map.fitBounds(L.latLngBounds(points.map((point) => point.at)).pad(0.2), { maxZoom: CLOSEST - 3 });
  draw();
}

function markOf(map, group, words) {
  const bounds = L.latLngBounds(group.map((point) => point.at));
  const apart = !bounds.getSouthWest().equals(bounds.getNorthEast());
  if (group.length === 1 || !apart || map.getZoom() > CLOSEST) {
    const [{ at, title, href, tone }] = group;
    const mark = pin(at, { title, tone }, () => window.location.assign(href));
    if (words.labels) mark.bindTooltip(title, LABEL);
    return mark;
  }
  const title = words.together.replace("{n}", group.length);
  const closer = () => map.fitBounds(bounds.pad(0.3), { maxZoom: CLOSEST + 1 });
  return pin(bounds.getCenter(), { title, text: String(group.length), tone: "many" }, closer);
}

// A map and a button that fill the two number fields of a form.
function addPicker(words) {
  const latitude = document.getElementById("id_latitude");
  const longitude = document.getElementById("id_longitude");
  if (!latitude || !longitude) return;
  const box = Object.assign(document.createElement("div"), { className: "map small" });
  const said = Object.assign(document.createElement("p"), { className: "saved" });
  said.setAttribute("role", "status");
  longitude.closest(".field").after(locator(words, said, set), said, box);
  const map = makeMap(box, words);
  const [homeLatitude, homeLongitude] = words.home.split(",").map(Number);
  const chosen = latitude.value && longitude.value;
  map.setView(
    chosen ? [Number(latitude.value), Number(longitude.value)] : [homeLatitude, homeLongitude],
    chosen ? CLOSEST - 2 : CLOSEST - 5,
  );
  let mark = null;

  function show() {
    mark?.remove();
    mark = null;
    if (!latitude.value || !longitude.value) return;
    const at = [Number(latitude.value), Number(longitude.value)];
    const icon = L.divIcon({ className: "pin info", iconSize: [32, 32] });
    mark = L.marker(at, { icon, keyboard: false, interactive: false }).addTo(map);
  }

  function set(at) {
    latitude.value = at.lat.toFixed(6);
    longitude.value = at.lng.toFixed(6);
    said.textContent = words.located;
    map.panTo(at);
    show();
  }

  map.on("click", (event) => set(event.latlng));
  for (const field of [latitude, longitude]) field.addEventListener("change", show);
  show();
}

// The button that asks the device where it is.
function locator(words, said, found) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.className = "krds-btn tertiary";
  button.textContent = words.locate;
  button.addEventListener("click", () => {
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => found(L.latLng(coords.latitude, coords.longitude)),
      () => { said.textContent = words.lost; },
    );
  });
  return button;
}

if (L) {
  document.querySelectorAll("[data-map]").forEach(showTable);
  document.querySelectorAll("[data-map-picker]").forEach((element) => addPicker(element.dataset));
}
