/* global Services */
// Begins to sample the main threads of all pages, a sample each so many milliseconds. It runs in the scope of Firefox itself.
async (milliseconds) => {
  // Entries of eight bytes each.
  const room = 2 ** 24;
  await Services.profiler.StartProfiler(room, Number(milliseconds), ['js'], ['GeckoMain']);
  return null;
}
