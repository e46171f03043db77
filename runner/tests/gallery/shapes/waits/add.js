const glue = require('./glue.js');

const ready = new Promise((resolve) => {
  glue.onRuntimeInitialized = resolve;
});

module.exports = async function add(a, b) {
  await ready;
  return glue._add(a, b);
};
