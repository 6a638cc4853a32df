// Maps without tiles: a grid of degrees, names of well-known points, and what the page says in
// words. The table, the address and the two number fields do all that a map does.

import { clearNames, nameLandmarks } from "./landmarks.js";

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

// A small map with one point, wide enough to show the landmark that is nearest to it.
async function showPoint(box) {
  const [latitude, longitude] = box.dataset.mapPoint.split(",").map(Number);
  const at = L.latLng(latitude, longitude);
  const map = makeMap(box, box.dataset).setView(at, CLOSEST - 3);
  L.control.scale({ imperial: false }).addTo(map);
  const icon = L.divIcon({ className: "pin info", iconSize: [32, 32] });
  const mark = L.marker(at, { icon, keyboard: false, interactive: false }).addTo(map);
  const named = await nameLandmarks(map, box.dataset.landmarks);
  const known = named.map((landmark) => landmark.getLatLng());
  known.sort((one, other) => at.distanceTo(one) - at.distanceTo(other));
  if (known.length) {
    const opposite = L.latLng(2 * latitude - known[0].lat, 2 * longitude - known[0].lng);
    map.fitBounds(L.latLngBounds([known[0], opposite]).pad(0.4), { maxZoom: CLOSEST - 3 });
  }
  clearNames(map, named, [mark]);
  map.on("zoomend", () => clearNames(map, named, [mark]));
}

// Where the map of a form stands: after the two numbers, or before where they are folded away.
function place(longitude, ...parts) {
  const folded = longitude.closest("details");
  if (folded) folded.before(...parts);
  else longitude.closest(".field").after(...parts);
}

function paragraph(className, text = "") {
  return Object.assign(document.createElement("p"), { className, textContent: text });
}

function button(text, act) {
  const made = Object.assign(document.createElement("button"), { type: "button" });
  made.className = "krds-btn tertiary small";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// The district of a point, where there is no doubt about it.
async function districtOf(address, at) {
  const response = await fetch(`${address}?latitude=${at.lat}&longitude=${at.lng}`);
  if (!response.ok) return null;
  const { districts } = await response.json();
  return districts.length === 1 ? districts[0] : null;
}

// Choose the district of a point where the person chose none; say so where it is another one.
async function chooseDistrict(at, list, words, said) {
  const found = list && (await districtOf(words.district, at));
  if (!found || list.value === String(found.id)) return;
  const choose = () => {
    list.value = list.dataset.filled = found.id;
    said.textContent = words.filled.replace("{name}", found.name);
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };
  if (!list.value || list.value === list.dataset.filled) {
    choose();
  } else {
    said.textContent = words.other.replace("{name}", found.name);
    said.append(" ", button(words.take.replace("{name}", found.name), choose));
  }
}

// A map and buttons that fill the two number fields of a form.
function addPicker(words) {
  const latitude = document.querySelector("[data-point=latitude]");
  const longitude = document.querySelector("[data-point=longitude]");
  if (!latitude || !longitude) return;
  const districts = document.getElementsByName(latitude.name.replace(/latitude$/, "district"))[0];
  const [south, west, north, east] = latitude.dataset.bounds.split(",").map(Number);
  const city = L.latLngBounds([south, west], [north, east]);
  const box = Object.assign(document.createElement("div"), { className: "map small picker" });
  const said = paragraph("saved");
  said.setAttribute("role", "status");
  const buttons = paragraph("actions start");
  buttons.append(locator(words, said, set), button(words.clear, clear));
  place(longitude, paragraph("field-hint", words.hint), box, said, buttons);
  const map = makeMap(box, words);
  L.control.scale({ imperial: false }).addTo(map);
  const near = typed();
  map.setView(near ?? latitude.dataset.home.split(",").map(Number), CLOSEST - (near ? 2 : 4));
  let names = [];
  let mark = null;
  nameLandmarks(map, words.landmarks).then((named) => {
    names = named;
    const known = named.map((landmark) => landmark.getLatLng());
    if (known.length && !typed()) map.fitBounds(L.latLngBounds(known).pad(0.3));
    makeWay();
  });

  function makeWay() {
    clearNames(map, names, mark ? [mark] : []);
  }

  function typed() {
    if (!latitude.value || !longitude.value) return null;
    return L.latLng(Number(latitude.value), Number(longitude.value));
  }

  function show() {
    mark?.remove();
    mark = null;
    const at = typed();
    if (!at) return;
    const icon = L.divIcon({ className: "pin info", iconSize: [32, 32] });
    mark = L.marker(at, { icon, keyboard: false, draggable: true }).addTo(map);
    mark.on("dragend", () => set(mark.getLatLng()));
    if (!map.getBounds().contains(at)) map.panTo(at);
    makeWay();
  }

  function write(one, other, sentence) {
    latitude.value = one;
    longitude.value = other;
    said.textContent = sentence;
    latitude.dispatchEvent(new Event("input", { bubbles: true }));
    show();
  }

  function set(at) {
    if (city.contains(at)) {
      write(at.lat.toFixed(6), at.lng.toFixed(6), words.located);
      chooseDistrict(at, districts, words, said);
    } else {
      said.textContent = words.outside;
      show();
    }
  }

  function clear() {
    write("", "", words.cleared);
  }

  map.on("click", (event) => set(event.latlng));
  map.on("zoomend", makeWay);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box) return;
    event.preventDefault();
    set(map.getCenter());
  });
  for (const field of [latitude, longitude]) {
    field.addEventListener("change", () => {
      show();
      if (typed()) chooseDistrict(typed(), districts, words, said);
    });
  }
  show();
}

// The button that asks the device where it is.
function locator(words, said, found) {
  return button(words.locate, () => {
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => found(L.latLng(coords.latitude, coords.longitude)),
      () => { said.textContent = words.lost; },
    );
  });
}

if (L) {
  document.querySelectorAll("[data-map]").forEach(showTable);
  document.querySelectorAll("[data-map-point]").forEach(showPoint);
  document.querySelectorAll("[data-map-picker]").forEach((element) => addPicker(element.dataset));
}
