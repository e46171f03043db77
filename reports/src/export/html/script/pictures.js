// A chart as a standalone picture, in the page's current colours.
/* global make */
/* exported asSvg, asPng, pngOf */

const SVG = 'http://www.w3.org/2000/svg';

const asSvg = (chart) => {
  const colours = getComputedStyle(document.documentElement);
  const { width, height } = chart.viewBox.baseVal;
  const copy = chart.cloneNode(true);
  copy.querySelectorAll('.pointed-at').forEach((area) => area.remove());
  copy.querySelectorAll('path[stroke]').forEach((line) => line.setAttribute('fill', 'none'));
  for (const shape of copy.querySelectorAll('[fill], [stroke]')) {
    for (const name of ['fill', 'stroke']) {
      const [, property] = /^var\((--[\w-]+)\)$/.exec(shape.getAttribute(name) ?? '') ?? [];
      if (property) shape.setAttribute(name, colours.getPropertyValue(property).trim());
    }
  }
  const title = document.createElementNS(SVG, 'title');
  title.textContent = chart.ariaLabel;
  const paper = document.createElementNS(SVG, 'rect');
  const look = { width, height, fill: colours.getPropertyValue('--paper').trim() };
  Object.entries(look).forEach(([name, value]) => paper.setAttribute(name, value));
  copy.prepend(title, paper);
  [...copy.attributes].filter(({ name }) => name !== 'viewBox').forEach(({ name }) => copy.removeAttribute(name));
  const font = getComputedStyle(document.body).fontFamily;
  Object.entries({ width, height, 'font-family': font }).forEach(([name, value]) => copy.setAttribute(name, value));
  return new XMLSerializer().serializeToString(copy);
};

const pngOf = (canvas) => new Promise((done) => { canvas.toBlob(done, 'image/png'); });

/** At twice the size of the chart. */
const asPng = async (chart) => {
  const { width, height } = chart.viewBox.baseVal;
  const image = make('img', { src: `data:image/svg+xml,${encodeURIComponent(asSvg(chart))}` });
  await image.decode();
  const canvas = make('canvas', { width: 2 * width, height: 2 * height });
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return pngOf(canvas);
};
