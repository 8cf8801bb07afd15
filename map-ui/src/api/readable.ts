// Marks that turn the direction of writing. The server takes them off what comes in; journals written before hold some.
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

// An answer or frame as its text is read: 12号楼 never shows as 21号楼, in no label and no option either.
export const readable = (json: string): string => json.replace(TURNING, '');
