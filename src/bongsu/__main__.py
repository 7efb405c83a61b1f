"""`python -m bongsu` is the command `bongsu`."""

from bongsu.cli import main

if __name__ == "__main__":
    main()
