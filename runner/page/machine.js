// What a browser reports of its machine. Of a remote machine nothing else is known.

/** System, architecture and number of logical cores; what the browser does not report is empty. */
export async function machine() {
  const data = (await navigator.userAgentData?.getHighEntropyValues(['architecture', 'bitness', 'platformVersion'])) ?? {};
  const system = [data.platform, data.platformVersion].filter(Boolean).join(' ') || navigator.platform;
  const architecture = [data.architecture, data.bitness].filter(Boolean).join(' ');
  return { system, architecture, cores: navigator.hardwareConcurrency };
}
