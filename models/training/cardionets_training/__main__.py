import sys

# The processes of the simulation import this file too; they need neither the command line nor PyTorch.
if __name__ == "__main__":
    from .cli import main

    sys.exit(main())
