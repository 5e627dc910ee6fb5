// What this tab of the browser keeps while a page is left and opened again.

/**
 * The frames on which this browser tab last saw the axes fitted; 0 for none.
 * @param {string} job
 */
export function keptBasis(job) {
  try {
    return Number(sessionStorage.getItem(`live-${job}`)) || 0;
  } catch {
    return 0; // storage is not allowed
  }
}

/**
 * @param {string} job
 * @param {number} basis
 */
export function keepBasis(job, basis) {
  try {
    sessionStorage.setItem(`live-${job}`, String(basis));
  } catch {
    return;
  }
}
