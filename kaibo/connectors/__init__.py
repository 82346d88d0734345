"""The doors to outside systems, one folder each; every source gives the same events."""
