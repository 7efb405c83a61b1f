"""`python -m bongsu` is `bongsu`."""

from bongsu.cli import main

main()
