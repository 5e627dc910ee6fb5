"""`python -m sentiment_core`."""

from sentiment_core.cli.app import main

main()
