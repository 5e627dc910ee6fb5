"""Sweeps: one recipe trained with many settings and seeds, and the best of them by the valid split.

    sweep = make_sweep(...); write_sweep(sweep)      # plan: what is to be trained; sweep.json
    course = Course(sweep)                           # course: says what to train next, from what the run folders show
    read_results(sweep)                              # results: how far each run is, and what the settings are worth

A sweep is a folder: sweep.json, and runs/<trial>/, which are ordinary run folders. Everything that is known of a trial
is read from its run folder, so whoever is killed, the same command goes on. `jobs/sweeping.py` asks the course what to
train, has it trained by jobs of this machine, and tells the course what has ended; `cluster/sweeping.py` does the same
with the machines of a Ray cluster, where each process trains by `trial.advance`.
"""
