// What a page is told of the machine below its browser. It is all that is known of one elsewhere.

/** System, architecture and number of logical cores; what the browser keeps to itself is empty. */
export async function machine() {
  const told = (await navigator.userAgentData?.getHighEntropyValues(['architecture', 'bitness', 'platformVersion'])) ?? {};
  const system = [told.platform, told.platformVersion].filter(Boolean).join(' ') || navigator.platform;
  const architecture = [told.architecture, told.bitness].filter(Boolean).join(' ');
  return { system, architecture, cores: navigator.hardwareConcurrency };
}
