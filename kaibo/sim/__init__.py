"""A show in a bottle: a world from a seed that speaks through the same doors as the platforms. Chance comes in as a seed, time as an argument."""
