"""The history of launches as one page that needs nothing else: months, range against apogee, a map, and every fault."""
