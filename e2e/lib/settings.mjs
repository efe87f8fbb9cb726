/** How many, from the environment; a run that would prove nothing is refused. */
export function count(name, otherwise, environment = process.env) {
  const given = environment[name];
  if (given === undefined) return otherwise;
  if (!/^[1-9][0-9]{0,5}$/.test(given)) throw new Error(`${name}='${given}' is no count: give 1 or more, or leave it out.`);
  return Number(given);
}
