"""The clinic and its rules: no window, no event loop."""
