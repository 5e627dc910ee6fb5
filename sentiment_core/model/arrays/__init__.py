"""The recurrent classifier in NumPy alone, for reading and explaining texts.

A server that shows verdicts needs neither training nor a GPU, and PyTorch takes 190 MB of its memory. Here the same
network is computed from the same files: cells.py reads, slopes.py goes back, network.py puts both together,
prefixes.py and trace.py answer the same questions as the files of that name for PyTorch. Tests hold the numbers of both
to 1e-5.
"""
