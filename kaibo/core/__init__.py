"""The pure heart: events, features, views and the fold. No clock, no chance, no I/O."""
