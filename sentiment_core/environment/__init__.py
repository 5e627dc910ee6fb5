"""Settings by environment: the variables `SENTIMENT_...`, in one table. Needs no torch.

A row of the table is a `Variable` in `variables.py`. It defines the name, the default, the kind and what it sets. To
add one, write it there in the place where the documentation should list it, and run

    python -m sentiment_core.environment.update

which writes the table of docs/hosting.md. Read a value where it is needed:

    from sentiment_core.environment import variables

    hours = variables.UPLOAD_HOURS.value()      # SettingError if it cannot be used

`python -m sentiment_core settings` prints and checks them. The server checks them too, and does not start with a value
that it cannot use.
"""
