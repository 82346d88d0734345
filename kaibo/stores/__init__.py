"""Where logs are kept. `contract.py` says what a store promises; memory is the reference, sqlite the default."""
