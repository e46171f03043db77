/* global Services */
// Ends the sampling and answers with what was sampled of a process, as a `.cpuprofile`, with the time of a mark that the page has made,
// in milliseconds of the profile's clock. It runs in the scope of Firefox itself.
async (process, mark) => {
  const data = await Services.profiler.getProfileDataAsync();
  await Services.profiler.StopProfiler();
  const isMain = (thread) => thread.name === 'GeckoMain' && String(thread.pid) === process;
  const own = [data, ...data.processes].find(({ threads }) => threads.some(isMain));
  if (!own) return null;
  const { samples, stackTable, frameTable, stringTable, markers } = own.threads.find(isMain);
  const column = (table, name) => (row) => row[table.schema[name]];

  const nodes = [];
  const known = new Map();
  /** The node of a function below a caller; `line` and `column` are from 1. */
  const child = (caller, functionName, url = '', line = 0, column = 0) => {
    const key = JSON.stringify([caller?.id, functionName, url, line, column]);
    if (!known.has(key)) {
      const callFrame = { functionName, scriptId: '0', url, lineNumber: line - 1, columnNumber: column - 1 };
      const node = { id: nodes.length + 1, callFrame, hitCount: 0, children: [], positionTicks: [] };
      nodes.push(node);
      caller?.children.push(node.id);
      known.set(key, node);
    }
    return known.get(key);
  };
  const root = child(null, '(root)');

  // What native code does, by its category; else it is its caller's.
  const natives = { 'GC / CC': '(garbage collector)', Idle: '(idle)', Layout: 'layout', Graphics: 'paint' };
  const [locationOf, isRelevant] = [column(frameTable, 'location'), column(frameTable, 'relevantForJS')];
  const [categoryOf, lineOf] = [column(frameTable, 'category'), column(frameTable, 'line')];
  const frames = frameTable.data.map((frame) => {
    const location = stringTable[locationOf(frame)];
    // `render (https://a.test/app.js:12:5)[3]`; without a name there are no brackets, and the last number is the source's.
    const script = /^(?:(.*) \()?(\S+?):(\d+)(?::(\d+))?\)?(?:\[\d+\])?$/.exec(location);
    const native = natives[own.meta.categories[categoryOf(frame)]?.name];
    if (script) {
      const [, name = '', url, ...place] = script;
      // A module that has a name puts it before those of its functions.
      const shown = url.endsWith('.wasm') ? name.replace(/^[\w-]+\.wasm\./, '') : name;
      return { call: [shown, url, Number(place[0]), Number(place[1] ?? 1)], line: lineOf(frame) };
    }
    return isRelevant(frame) ? { call: [location], native } : { native };
  });

  // Callers precede callees.
  const [callerOf, frameOf] = [column(stackTable, 'prefix'), column(stackTable, 'frame')];
  const places = [];
  for (const stack of stackTable.data) {
    const caller = places[callerOf(stack)] ?? { node: root };
    const { call, native, line } = frames[frameOf(stack)];
    places.push(call ? { node: child(caller.node, ...call), native, line } : { ...caller, native: native ?? caller.native });
  }

  const [stackOf, timeOf] = [column(samples, 'stack'), column(samples, 'time')];
  const taken = samples.data.map((sample) => ({ at: timeOf(sample) * 1e3, ...(places[stackOf(sample)] ?? { node: root }) }));
  taken.sort((a, b) => a.at - b.at);
  let before = taken[0]?.at ?? 0;
  const startTime = before;
  const profile = { nodes, startTime, endTime: startTime, samples: [], timeDeltas: [] };
  for (const { at, node, native, line } of taken) {
    const name = native ?? (node === root ? '(program)' : undefined);
    const sampled = name && node.callFrame.functionName !== name ? child(node, name) : node;
    sampled.hitCount += 1;
    if (line && sampled === node) {
      const tick = node.positionTicks.find((tick) => tick.line === line) ?? { line, ticks: 0 };
      if (tick.ticks === 0) node.positionTicks.push(tick);
      tick.ticks += 1;
    }
    profile.samples.push(sampled.id);
    profile.timeDeltas.push(at - before);
    profile.endTime = before = at;
  }
  const marked = markers.data.find((marker) => marker[markers.schema.data]?.name === mark);
  return JSON.stringify({ profile, marked: marked?.[markers.schema.startTime] ?? null });
}
