"""How an embedding changes during training.

projection shows it on two axes. The measures use the original space instead: movement (how far words move, and how
their neighbours change), separation (of the two polarities) and directions (named axes, analogies). checkpoints puts
the frames of several runs on one time axis. Row 0 of an embedding is [PAD], which is never trained.
"""
