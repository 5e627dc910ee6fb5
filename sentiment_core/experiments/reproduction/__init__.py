"""Every figure that is claimed, made again: which systems there are, their runs, and the tables read back from them."""
