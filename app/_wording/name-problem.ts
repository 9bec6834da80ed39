/** A name that is the bank's, or that of somebody who works for it, or looks like one. */
export const nameTakenText = "The bank uses this name itself. Add a middle name or an initial.";

export const nameTooOftenText = "A name can be changed five times a day. Try again tomorrow.";
