"""The demo clinic: a made-up year at a made-up place, lived through the domain's own commands."""
