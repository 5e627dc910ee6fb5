"""Work that outlives a page: a folder that says what to do and how far it has come, and a process of its own.

    folder = start(request, root)        # queue: returns at once; the request is one of those in `requests`
    read_job(folder)                     # queue: a `records.Job` with its state, its place and the expected wait
    pause(folder), step(folder), ...     # control
    follow(folder, after)                # events: the log, from any offset

The folder is the only truth about a job (`layout` names its files). Its process, the worker, holds a lock in it, so
anybody sees whether it lives. One process for each folder of live runs, the supervisor, gives the places to the jobs
that wait, starts workers, starts those again that were killed, and sees to it that what people ask is followed. It is
started by whoever looks at jobs, and ends when nothing is left to do. Everything may be killed at any moment.

A kind of job is a request and a function that takes a `desk.Desk` (`kinds`). `kept` reads the result of a scoring job.
"""
