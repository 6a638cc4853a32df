// The map of proposals: points and heaps that the server counts, on a plain ground.
// Without this script the table below, and the list of centres in a form, say the same.

import { clearNames, nameLandmarks } from "./landmarks.js";

const CITY = [37.5, 126.79];
const NEAR = 13;
const WAIT = 200;
const FARTHEST = 9;
const NEAREST = 18;

function prepare(element, options) {
  element.textContent = "";
  const map = window.L.map(element, {
    zoomControl: false, attributionControl: false, minZoom: FARTHEST, maxZoom: NEAREST, ...options,
  });
  window.L.control.zoom({
    zoomInTitle: element.dataset.nearer, zoomOutTitle: element.dataset.away,
  }).addTo(map);
  window.L.control.scale({ imperial: false }).addTo(map);
  map.setView(CITY, NEAR);
  return map;
}

function link(feature) {
  const anchor = document.createElement("a");
  anchor.href = feature.properties.url;
  anchor.textContent = feature.properties.title;
  return anchor;
}

function markerOf(map, feature, words) {
  const { count, title } = feature.properties;
  const [east, north] = feature.geometry.coordinates;
  const size = count === 1 ? 24 : 34 + Math.min(22, Math.log10(count) * 8);
  const name = count === 1 ? title : words.many.replace("{n}", count.toLocaleString());
  const icon = window.L.divIcon({
    className: count === 1 ? "pin" : "heap", iconSize: [size, size], html: count === 1 ? "" : String(count),
  });
  const marker = window.L.marker([north, east], { icon, title: name, alt: name, keyboard: true });
  if (count === 1) marker.bindPopup(() => link(feature));
  else marker.on("click", () => map.setView([north, east], Math.min(NEAREST, map.getZoom() + 2)));
  marker.on("add", () => marker.getElement().setAttribute("aria-label", name));
  return marker;
}

// Ask the server what lies in the part that is looked at; the last answer counts.
function follow(map, element, said) {
  const layer = window.L.layerGroup().addTo(map);
  const named = nameLandmarks(map, element.dataset.landmarks);
  let asked = 0;
  let timer = 0;
  const ask = async () => {
    const turn = (asked += 1);
    const bounds = map.getBounds().pad(0.1);
    const address = new URL(element.dataset.points, window.location.href);
    address.searchParams.set("bbox", bounds.toBBoxString());
    address.searchParams.set("zoom", map.getZoom());
    const response = await fetch(address);
    if (!response.ok || turn !== asked) return;
    const { features } = await response.json();
    layer.clearLayers();
    for (const feature of features) layer.addLayer(markerOf(map, feature, element.dataset));
    clearNames(map, await named, layer.getLayers());
    if (said) said.textContent = features.length ? "" : element.dataset.none;
  };
  map.on("moveend", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT);
  });
  ask();
}

// The form of a circle: a press on the map fills in its centre.
function choose(map, element) {
  const [latitude, longitude, radius, centre] = ["latitude", "longitude", "radius", "centre"].map(
    (name) => document.querySelector(`[name=${name}]`),
  );
  let circle = null;
  const draw = () => {
    if (circle) circle.remove();
    const metres = Number(radius.value);
    if (!metres || !latitude.value || !longitude.value) return;
    circle = window.L.circle([latitude.value, longitude.value], { radius: metres }).addTo(map);
  };
  const take = (point) => {
    latitude.value = point.lat.toFixed(5);
    longitude.value = point.lng.toFixed(5);
    centre.value = "";
    if (!radius.value) radius.value = "1000";
    draw();
  };
  map.on("click", (event) => take(event.latlng));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === element) take(map.getCenter());
  });
  for (const field of [latitude, longitude, radius]) field.addEventListener("change", draw);
  if (latitude.value && longitude.value) map.setView([latitude.value, longitude.value], NEAR);
  draw();
}

const shown = document.getElementById("proposal-map");
const circled = document.getElementById("circle-map");
if (window.L && shown) follow(prepare(shown), shown, document.getElementById("map-said"));
if (window.L && circled) {
  document.getElementById("circle-part").hidden = false;
  const map = prepare(circled);
  follow(map, circled, document.getElementById("map-said"));
  choose(map, circled);
}
