/** How figures of reports are written: the same in both languages. */

/** A share of 1 as percent. */
export const percent = (share: number, digits = 1): string => `${(share * 100).toFixed(digits)} %`

/** A bound as percent, always rounded away from the estimate's side, so that it never claims too much. */
export const percentUp = (share: number, digits = 2): string =>
  `${(Math.ceil(share * 100 * 10 ** digits - 1e-9) / 10 ** digits).toFixed(digits)} %`
export const percentDown = (share: number, digits = 2): string =>
  `${(Math.floor(share * 100 * 10 ** digits + 1e-9) / 10 ** digits).toFixed(digits)} %`
