"""Run the command line with `python -m augkg`."""

from augkg.cli.main import main

if __name__ == "__main__":
    main()
