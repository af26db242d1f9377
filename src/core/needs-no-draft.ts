/** The recording turns out so long that its text grows by itself, or its words are known already. */
export class NeedsNoDraft extends Error {}
