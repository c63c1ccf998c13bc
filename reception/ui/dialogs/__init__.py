"""One question each, asked beside the diary or above a page, never in the way."""
