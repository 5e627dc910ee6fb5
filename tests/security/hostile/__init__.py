"""Hostile inputs for a server of the app: addresses, requests, messages, values of widgets and components, and files.

`python -m tests.security.hostile --count 1000` sends that many of all kinds to a server of its own and prints what went
wrong. A sample of them is a test (`test_hostile.py`).
"""
