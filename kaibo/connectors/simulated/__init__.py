"""A platform that is not there: viewers and orders from a seed, and a shop that confirms or refuses."""
