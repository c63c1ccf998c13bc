"""One screen or one region of the window each; they know no other panel."""
