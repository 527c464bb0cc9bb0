"""Run as ``python -m uprreport``."""

from uprreport.cli import main

if __name__ == "__main__":
    main()
