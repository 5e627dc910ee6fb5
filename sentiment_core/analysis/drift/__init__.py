"""What becomes of an embedding as it is trained.

projection shows it on two axes. All that is claimed about it is measured in the original space instead: movement (how
far words go, whose neighbours change), separation (how well the polarities part), directions (axes by name, analogies).
checkpoints puts the frames of several runs on one time axis. Row 0 of an embedding is [PAD], which is never trained.
"""
