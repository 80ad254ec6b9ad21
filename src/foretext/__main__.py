"""``python -m foretext`` is ``foretext``."""

from foretext.cli import main

if __name__ == "__main__":
    main()
