// Whether this browser has what a contender needs. One that lacks something is no failure of the contender.


/** Thrown with the name of what the browser lacks. */
export class Unavailable extends Error {}

/** Throws with the name of the first proposal of Wasm that a contender needs and this browser lacks. */
export function demandProposals({ needs }) {
  const lacking = needs.find(({ probe }) => !WebAssembly.validate(Uint8Array.from(probe)));
  if (lacking) throw new Unavailable(lacking.name);
}

/** The same for what a module's own `unavailable()` names. */
export async function demandAvailable({ unavailable }) {
  const lacking = await unavailable?.();
  if (lacking) throw new Unavailable(lacking);
}
